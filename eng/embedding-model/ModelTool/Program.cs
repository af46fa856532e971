using AkiDb.ModelTool;

if (args is not [var package, var output])
{
    Console.Error.WriteLine("usage: ModelTool FOLDER-OF-THE-PACKAGE'S-MODEL OUTPUT-FOLDER");
    return 2;
}

var weights = new TensorflowWeights(package);
foreach (IMatrixProduct precision in new IMatrixProduct[] { new FloatProduct(), new IntegerProduct() })
{
    string folder = Directory.CreateDirectory(Path.Combine(output, "universal-sentence-encoder-lite" + precision.NameSuffix)).FullName;
    File.Copy(Path.Combine(package, "vocab.json"), Path.Combine(folder, "vocab.json"), overwrite: true);
    File.Copy(Path.Combine(package, "..", "LICENSE"), Path.Combine(folder, "LICENSE"), overwrite: true);
    File.WriteAllBytes(Path.Combine(folder, "model.onnx"), new SentenceEncoderGraph(weights, precision).ToModel());
}

return 0;
