# Sourced by ../../akidb for `akidb test [filter]`: installs what only tests need, builds once, runs every suite, adds up.
# Ends with "N passed, N failed"; the exit code is 1 if anything failed or nothing ran.

say "Installing the provider packages that the offline SDK is compared with …"
(cd "$AKIDB_ROOT/eng" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || { say "npm ci failed in eng/"; exit 2; }

onnx_packages
npm_packages runtime-peers "what the embeddings are compared with (112 MB)"

say "Installing the servers that the integration tests start …"
"$AKIDB_ROOT/eng/install-test-servers.sh" >&2 || { say "installing Debian packages failed"; exit 2; }

say "Building …"
dotnet build "$AKIDB_ROOT/AkiDb.Infra.sln" -c Release --nologo -v quiet >&2 || exit 2

results=$out/test-results
rm -rf "$results"
mkdir -p "$results"
failed_runs=0
for project in "$AKIDB_ROOT"/tests/*.Tests; do
  name=$(basename "$project")
  say "Testing $name …"
  dotnet test "$project" -c Release --no-build --nologo ${1:+--filter "FullyQualifiedName~$1"} 2>&1 | tee "$results/$name.log" >&2
  # A crashed test host prints no summary; `dotnet test` tells by its own line.
  if ! grep -qE '^(Passed|Failed|Skipped)!' "$results/$name.log" && ! grep -q 'No test matches' "$results/$name.log"; then
    say "$name ended without a summary."
    failed_runs=$((failed_runs + 1))
  fi
done

# The edge functions run on Node, so Node's own runner tests them. A filter for .NET tests names none of them, unless it is "edge".
case ${1:-edge} in
  [Ee]dge*)
    say "Testing edge functions …"
    node --test --test-reporter=tap "$AKIDB_ROOT/tests/edge" 2>&1 | tee "$results/edge.tap" >&2
    if ! grep -q '^# pass ' "$results/edge.tap"; then
      say "the edge functions' tests ended without a summary."
      failed_runs=$((failed_runs + 1))
    fi
    # Written as `dotnet test` writes its summary, so that one sum holds all.
    awk '/^# (pass|fail|cancelled|skipped|todo) / { n[$2] = $3 }
      END { printf "%s! - Failed: %d, Passed: %d, Skipped: %d, Total\n", n["fail"] + n["cancelled"] ? "Failed" : "Passed", n["fail"] + n["cancelled"], n["pass"], n["skipped"] + n["todo"] }' \
      "$results/edge.tap" >"$results/edge.log"
    ;;
esac

# The summary line of `dotnet test`: "Passed!  - Failed: 0, Passed: 12, Skipped: 0, Total: 12, Duration: …"
totals=$(cat "$results"/*.log | sed -nE 's/^(Passed|Failed)! +- +Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+),.*/\2 \3 \4/p' |
  awk '{ failed += $1; passed += $2; skipped += $3 } END { print passed + 0, failed + 0, skipped + 0 }')
passed=${totals%% *}
skipped=${totals##* }
failed=${totals#* }
failed=$((${failed% *} + failed_runs + skipped))
[ "$skipped" -eq 0 ] || say "$skipped skipped tests count as failed: a test that does not run proves nothing."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
