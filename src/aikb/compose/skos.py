"""The glossary as SKOS, the W3C's vocabulary for thesauri, in Turtle. rdflib, which is optional, writes it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rdflib import RDF, SKOS, Graph, Literal, URIRef

_BASE = "urn:aikb:term:"


def turtle(data: dict[str, Any]) -> str:
    """Turtle of what `export.glossary_data` returns; the same for the same data."""
    graph = Graph()
    graph.bind("skos", SKOS)
    scheme = URIRef("urn:aikb:glossary")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    names = {each["id"]: URIRef(_BASE + quote(each["id"])) for each in data["terms"]}
    for each in data["terms"]:
        concept = names[each["id"]]
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        for lang, label in each["labels"].items():
            graph.add((concept, SKOS.prefLabel, Literal(label, lang=lang)))
        for alias in each["aliases"]:
            graph.add((concept, SKOS.altLabel, Literal(alias["text"], lang=alias["lang"])))
        for lang, definition in each["definitions"].items():
            if definition["summary"]:
                graph.add((concept, SKOS.definition, Literal(definition["summary"], lang=lang)))
        for use in each["uses"]:
            if use.get("inside") in names and use["inside"] != each["id"]:
                graph.add((names[use["inside"]], SKOS.related, concept))
    return str(graph.serialize(format="turtle"))
