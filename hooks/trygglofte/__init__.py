"""Trygglöfte: from structured YAML about citizen pledges to a searchable site per municipality."""
