"""Measures faiss IndexHNSWFlat; same arguments and protocol as hnswlib_harness.cpp.

faiss counts ef as hnswlib does and takes a whole batch of queries in one call, which is its fastest way.
"""
import sys
import time

import faiss
import numpy


def main():
    data_path, queries_path, truth_path, dimension, k, space, links, construction, threads = sys.argv[1:]
    dimension, k = int(dimension), int(k)
    data = numpy.fromfile(data_path, dtype=numpy.float32).reshape(-1, dimension)
    queries = numpy.fromfile(queries_path, dtype=numpy.float32).reshape(-1, dimension)
    truth = numpy.fromfile(truth_path, dtype=numpy.int32).reshape(-1, k)
    metric = faiss.METRIC_L2 if space == "l2" else faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexHNSWFlat(dimension, int(links), metric)
    index.hnsw.efConstruction = int(construction)
    faiss.omp_set_num_threads(int(threads))
    start, start_cpu = time.perf_counter(), time.process_time()
    index.add(data)
    built, built_cpu = time.perf_counter() - start, time.process_time() - start_cpu
    # What the index holds; the process's own size also counts numpy and the interpreter.
    held = faiss.serialize_index(index).nbytes
    print("built", built, built_cpu, held, flush=True)
    for line in sys.stdin:
        _, width, search_threads = line.split()
        index.hnsw.efSearch = int(width)
        faiss.omp_set_num_threads(int(search_threads))
        start, start_cpu = time.perf_counter(), time.process_time()
        _, found = index.search(queries, k)
        elapsed, elapsed_cpu = time.perf_counter() - start, time.process_time() - start_cpu
        hits = sum(len(numpy.intersect1d(row, right)) for row, right in zip(found, truth))
        print(elapsed, elapsed_cpu, hits / truth.size, flush=True)


main()
