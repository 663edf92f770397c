"""Speed and size against what was promised: `python -m tests.bench` (BENCH_POSTGRES_URL adds PostgreSQL)."""
