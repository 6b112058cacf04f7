"""Tests in a real Chromium. A package, so that they can share one."""
