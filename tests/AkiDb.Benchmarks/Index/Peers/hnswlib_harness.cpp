// Measures hnswlib on the files that the benchmark wrote. Arguments: data, queries, truth, dimension, k, space (l2 or
// ip), M, efConstruction, threads. Prints "built <seconds> <CPU seconds> <bytes>", then answers each line "search <ef>
// <threads>" with "<seconds> <CPU seconds> <recall>". Built with -O3 -march=native, so that hnswlib takes its own AVX-512 paths.
#include <hnswlib/hnswlib.h>
#include <malloc.h>
#include <time.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

template <typename T>
static std::vector<T> read_all(const char* path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) {
    std::cerr << "cannot read " << path << "\n";
    std::exit(2);
  }
  std::vector<T> values(static_cast<size_t>(in.tellg()) / sizeof(T));
  in.seekg(0);
  in.read(reinterpret_cast<char*>(values.data()), values.size() * sizeof(T));
  return values;
}

template <typename Work>
static void parallel(size_t count, int threads, Work work) {
  if (threads == 1) {
    for (size_t i = 0; i < count; i++) work(i);
    return;
  }
  std::atomic<size_t> next{0};
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; t++) {
    workers.emplace_back([&] {
      for (size_t i = next++; i < count; i = next++) work(i);
    });
  }
  for (auto& worker : workers) worker.join();
}

static double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of all threads together: what the work cost, however many other programs had the cores in between.
static double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

int main(int argc, char** argv) {
  if (argc != 10) {
    std::cerr << "wanted: data queries truth dimension k l2|ip M efConstruction threads\n";
    return 2;
  }
  const size_t dimension = std::atoi(argv[4]), k = std::atoi(argv[5]);
  const size_t m = std::atoi(argv[7]), construction = std::atoi(argv[8]);
  const int threads = std::atoi(argv[9]);
  auto queries = read_all<float>(argv[2]);
  auto truth = read_all<int32_t>(argv[3]);
  const size_t query_count = queries.size() / dimension;

  std::unique_ptr<hnswlib::SpaceInterface<float>> space;
  if (std::string(argv[6]) == "l2") {
    space.reset(new hnswlib::L2Space(dimension));
  } else {
    space.reset(new hnswlib::InnerProductSpace(dimension));
  }
  std::unique_ptr<hnswlib::HierarchicalNSW<float>> index;
  size_t bytes;
  double built, built_cpu;
  {
    auto data = read_all<float>(argv[1]);
    const size_t count = data.size() / dimension;
    const auto before = mallinfo2();
    index.reset(new hnswlib::HierarchicalNSW<float>(space.get(), count, m, construction));
    const auto start = std::chrono::steady_clock::now();
    const double start_cpu = cpu_seconds();
    index->addPoint(data.data(), 0);
    parallel(count - 1, threads, [&](size_t i) { index->addPoint(data.data() + (i + 1) * dimension, i + 1); });
    built = seconds_since(start);
    built_cpu = cpu_seconds() - start_cpu;
    const auto after = mallinfo2();
    bytes = (after.uordblks + after.hblkhd) - (before.uordblks + before.hblkhd);
  }
  std::cout << "built " << built << " " << built_cpu << " " << bytes << std::endl;

  std::string line;
  std::vector<int32_t> found(query_count * k);
  while (std::getline(std::cin, line)) {
    std::istringstream in(line);
    std::string command;
    size_t ef = 0;
    int search_threads = 1;
    in >> command >> ef >> search_threads;
    index->setEf(ef);
    const auto start = std::chrono::steady_clock::now();
    const double start_cpu = cpu_seconds();
    parallel(query_count, search_threads, [&](size_t q) {
      auto result = index->searchKnn(queries.data() + q * dimension, k);
      for (size_t place = q * k; !result.empty(); result.pop()) found[place++] = static_cast<int32_t>(result.top().second);
    });
    const double elapsed = seconds_since(start);
    const double elapsed_cpu = cpu_seconds() - start_cpu;
    size_t hits = 0;
    for (size_t q = 0; q < query_count; q++) {
      for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < k; j++) hits += found[q * k + i] == truth[q * k + j];
      }
    }
    std::cout << elapsed << " " << elapsed_cpu << " " << static_cast<double>(hits) / (query_count * k) << std::endl;
  }
  return 0;
}
