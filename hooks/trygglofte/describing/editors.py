"""Settings for Visual Studio Code: which schema is for which files, and YAML left as it was written."""

from __future__ import annotations

import json
from typing import Any

from trygglofte.describing.kinds import KINDS


def settings_text() -> str:
    """`.vscode/settings.json`."""
    return _json(
        {
            "yaml.schemas": {
                f"schema/{kind.id}.schema.json": [kind.files, f"docs/mallar/{kind.id}.yml"] for kind in KINDS
            },
            "yaml.schemaStore.enable": False,
            "yaml.yamlVersion": "1.2",
            "yaml.customTags": [],
            "yaml.format.enable": False,
            "yaml.disableDefaultProperties": True,
            "files.encoding": "utf8",
            "files.eol": "\n",
            "files.insertFinalNewline": True,
            "files.trimTrailingWhitespace": True,
            "[yaml]": {
                "editor.insertSpaces": True,
                "editor.tabSize": 2,
                "editor.detectIndentation": False,
                "editor.formatOnSave": False,
                "editor.quickSuggestions": {"comments": False, "other": True, "strings": True},
                "editor.wordWrap": "on",
            },
        }
    )


def extensions_text() -> str:
    """`.vscode/extensions.json`: the extension that reads the schemas."""
    return _json({"recommendations": ["redhat.vscode-yaml"]})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
