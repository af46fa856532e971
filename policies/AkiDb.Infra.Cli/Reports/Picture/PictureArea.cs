namespace AkiDb.Infra.Cli.Reports.Picture;

/// <summary>A rectangle in the picture; y grows downwards, the unit is a CSS pixel at full size.</summary>
internal readonly record struct PictureArea(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleX => X + (Width / 2);

    public double MiddleY => Y + (Height / 2);
}
