"""What is measured against which peer, run by one command: `python -m benchmarks`."""
