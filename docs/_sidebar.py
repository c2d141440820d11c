"""Who reads which page of the site: the sidebar, from top to bottom, and what lies below pages."""

from __future__ import annotations

from _reference import PAGES

__all__ = ["PARTS", "toctrees"]

FRONT = "docs/index"
PARTS: dict[str, dict[str, list[str]]] = {
    FRONT: {
        "Makers of films": [
            "Guide </docs/guide>",
            "docs/configuration_and_secrets",
            "Durability and money </docs/durability>",
            "docs/animatic",
            "Vertex AI </docs/providers/vertex>",
            "docs/providers/huggingface",
            "Your own machine </docs/providers/local>",
            "Secrets: Doppler </docs/secrets/doppler>",
            "Secrets: AWS </docs/secrets/aws>",
            "Secrets: Google Cloud </docs/secrets/gcp>",
            "Secrets: Azure </docs/secrets/azure>",
        ],
        "To look up": [
            "docs/production",
            "docs/cli",
            "docs/settings",
        ],
        "Users of the library": [
            "docs/adapters",
            "Adapters, in full </ministudio-core/src/ministudio/adapters/README>",
            "docs/api",
        ],
        "Authors of plugins": [
            "docs/authors/index",
            "Tutorial </docs/authors/tutorial>",
            "In seven steps </docs/authors/add_a_provider>",
            "docs/authors/concepts",
            "docs/authors/providers",
            "docs/authors/dialects",
            "docs/authors/secrets",
            "docs/authors/errors",
            "docs/authors/testing",
            "docs/authors/publishing",
            "docs/authors/compatibility",
            "docs/authors/review",
            "docs/authors/hooks",
            "docs/authors/checks",
            "docs/simulator",
        ],
        "Understanding": [
            "docs/architecture",
            "docs/decisions/README",
            "docs/performance",
            "ROADMAP",
            "CHANGELOG",
            "CONTRIBUTING",
            "The README </README>",
        ],
    },
    "README": {
        "": [
            "examples/README",
            "ministudio-core/README",
            *(
                f"plugins/ministudio-{name}/README"
                for name in ("animatic", "vertex", "hf", "local", "doppler", "aws", "gcp", "azure")
            ),
        ]
    },
    "docs/decisions/README": {
        "": [
            f"docs/decisions/{name}"
            for name in (
                "0001-one-import-package",
                "0002-plan-then-render",
                "0003-sqlite-journal",
                "0004-no-telemetry",
                "0005-media-in-process",
                "0006-factories-are-strings",
            )
        ]
    },
    "docs/api": {"": [f"docs/reference/{name}" for name in PAGES]},
}


def toctrees(page: str) -> str:
    """Return what lies below a page as the directives that Sphinx reads; they show nothing."""
    return "".join(
        "\n\n```{{toctree}}\n:hidden:\n{}\n{}\n```\n".format(
            f":caption: {caption}\n" if caption else "",
            "\n".join(name if ">" in name else f"/{name}" for name in names),
        )
        for caption, names in PARTS.get(page, {}).items()
    )
