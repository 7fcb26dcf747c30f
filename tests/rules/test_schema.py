"""Every constraint of schemas/cfaudit.xsd is broken once, alone, and validate says it at the exact place,
by the rule that is meant, in words for people.

The constraints are read from the schema: attributes and elements that must be there, those that
nobody knows, elements that are too many or out of order, text where none may be, each facet, the
type of each attribute and element, each key. The smallest document that can break one is made of the
schema and changed at that place.

schema.expected has a line for each: the constraint, the message and its hint, with tabs between.

usage: test_schema.py            as a test
       test_schema.py --write    rewrites schema.expected; read the diff like code
"""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from real.compare import Tap
from rules import schema_values
from rules.schema_documents import Maker, Node, text_of
from rules.schema_model import Schema

FOLDER = pathlib.Path(__file__).resolve().parent
SCHEMA = FOLDER.parent.parent / "schemas" / "cfaudit.xsd"
EXPECTED = FOLDER / "schema.expected"
AT_ONCE = 200
LARGEST = 2000  # elements of one parent; bounds above this are there to end what does not end
# What the checker itself would say.
RAW = ("{urn:", "is not expected", "This element", "facet", "atomic type", "local type", "Element '",
       "Attribute '", "xs:", "not accepted by", "Expected is", "Missing child", "No match")

# The finding is at the node, or at that attribute of it.
Case = collections.namedtuple("Case", "kind name rule root node attribute")


class Cases:
    def __init__(self, schema):
        self.schema = schema
        self.maker = Maker(schema)
        self.ways = schema.ways()

    def all(self):
        for name in self.schema.complexes:
            type_ = self.schema.complexes[name]
            yield from self.of_attributes(type_)
            yield from self.of_content(type_)
            for place, item in enumerate(type_.items):
                yield from self.of_item(type_, place, item)
        yield from self.of_facets()
        for key in self.schema.keys:
            yield self.of_key(key)

    def fresh(self, type_):
        return self.maker.document(self.ways[type_.name])

    def of_attributes(self, type_):
        root, node = self.fresh(type_)
        node.attributes["zz"] = "1"
        yield Case("unknown attribute", type_.name + "/@*", "xml-attribute", root, node, "zz")
        for attribute in type_.attributes:
            if attribute.required:
                root, node = self.fresh(type_)
                del node.attributes[attribute.name]
                yield Case("missing attribute", "%s/@%s" % (type_.name, attribute.name),
                           "xml-missing", root, node, None)
            value = schema_values.wrong(attribute.simple)
            if value is not None:
                root, node = self.fresh(type_)
                node.attributes[attribute.name] = value
                yield Case("value of attribute", "%s/@%s" % (type_.name, attribute.name),
                           "xml-type", root, node, attribute.name)

    def of_content(self, type_):
        root, node = self.fresh(type_)
        stranger = Node(None, "zz")
        node.children.append(stranger)
        yield Case("unknown element", type_.name + "/*", "xml-element", root,
                   stranger if type_.has_children else node, None)
        if not type_.simple:
            root, node = self.fresh(type_)
            node.text = "stray"
            yield Case("stray text", type_.name, "xml-text" if type_.has_children else "xml-element",
                       root, node, None)

    def of_item(self, type_, place, item):
        for declaration in item.declarations:
            if not declaration.is_complex:
                yield from self.of_text_element(type_, declaration)
        yield from self.of_least(type_, item)
        yield from self.of_most(type_, item)
        if place > 0:
            yield from self.of_order(type_, place)

    def of_text_element(self, type_, declaration):
        name = "%s/%s" % (type_.name, declaration.name)
        for kind in ("attribute", "element", "value"):
            value = schema_values.wrong(declaration.type)
            root, parent = self.fresh(type_)
            node = self.maker.has(parent, declaration)
            if kind == "attribute":
                node.attributes["zz"] = "1"
                yield Case("unknown attribute", name + "/@*", "xml-attribute", root, node, "zz")
            elif kind == "element":
                node.children.append(Node(None, "zz"))
                yield Case("unknown element", name + "/*", "xml-element", root, node, None)
            elif value is not None:
                node.text = value
                yield Case("value of element", name, "xml-type", root, node, None)

    def of_least(self, type_, item):
        if item.least == 0:
            return
        root, parent = self.fresh(type_)
        there = [child for child in parent.children
                 if child.declaration in item.declarations]
        behind = parent.children.index(there[-1]) + 1
        at = parent.children[behind] if behind < len(parent.children) else parent
        parent.children.remove(there[-1])
        names = "|".join(declaration.name for declaration in item.declarations)
        yield Case("missing element", "%s/%s" % (type_.name, names), "xml-missing", root, at, None)

    def of_most(self, type_, item):
        root, parent = self.fresh(type_)
        if not item.declarations or item.most > LARGEST:
            return
        node = self.maker.has(parent, item.declarations[0])
        count = len([child for child in parent.children if child.declaration in item.declarations])
        index = parent.children.index(node) + count
        added = [self.maker.node(item.declarations[0]) for _ in range(item.most + 1 - count)]
        parent.children[index:index] = added
        names = "|".join(declaration.name for declaration in item.declarations)
        yield Case("too many", "%s/%s" % (type_.name, names), "xml-element", root, added[-1], None)

    def of_order(self, type_, place):
        first, second = type_.items[place - 1], type_.items[place]
        if not second.declarations:
            return
        root, parent = self.fresh(type_)
        self.maker.has(parent, first.declarations[0])
        self.maker.has(parent, second.declarations[0])
        before = [c for c in parent.children if c.declaration in first.declarations]
        behind = [c for c in parent.children if c.declaration in second.declarations]
        start = parent.children.index(before[0])
        parent.children[start:start + len(before) + len(behind)] = behind + before
        name = "%s/%s before %s" % (type_.name, first.declarations[0].name,
                                    second.declarations[0].name)
        if first.least > 0:
            yield Case("order", name, "xml-missing", root, behind[0], None)
        else:
            yield Case("order", name, "xml-element", root, before[0], None)

    def carriers(self):
        """Simple type: the first (complex type, attribute or child, or None for its text)."""
        found = {}
        types = self.schema.complexes.values()
        for type_ in types:
            for item in type_.items:
                for declaration in item.declarations:
                    if not declaration.is_complex:
                        found.setdefault(declaration.type.name, (type_, declaration.name))
            if type_.simple:
                found.setdefault(type_.simple.name, (type_, None))
        for type_ in types:  # a tag may not be as long as a text
            for attribute in type_.attributes:
                found.setdefault(attribute.simple.name, (type_, "@" + attribute.name))
        return found

    def of_facets(self):
        carriers = self.carriers()
        for simple in self.schema.simples.values():
            type_, part = carriers[simple.name]
            for facet, value in schema_values.broken(simple):
                root, node = self.fresh(type_)
                if part and part.startswith("@"):
                    node.attributes[part[1:]] = value
                else:
                    node = self.maker.has(node, type_.child(part)) if part else node
                    node.text = value
                yield Case("facet", "%s, %s" % (simple.name, facet), "xml-type", root, node,
                           part[1:] if part and part.startswith("@") else None)

    def of_key(self, key):
        if key.owner in self.schema.roots:
            way = [key.owner]
        else:
            above = next(t for t in self.schema.complexes.values()
                         if any(key.owner in item.declarations for item in t.items))
            way = self.ways[above.name] + [key.owner]
        root, owner = self.maker.document(way)
        if key.kind == "keyref":
            node = self.maker.reach(owner, key.path, False)
            self.give(node, key.field, None)
            return Case(key.kind, key.name, "xml-reference", root, node, key.field[0][1:])
        first = self.maker.reach(owner, key.path, False)
        second = self.maker.reach(owner, key.path, True)
        self.give(first, key.field, None)
        self.give(second, key.field, first)
        field = key.field[0]
        return Case(key.kind, key.name, "xml-duplicate", root, second,
                    field[1:] if field.startswith("@") else None)

    def give(self, node, fields, like):
        """The fields as those of another node; None: as they are, or for a reference none's."""
        for field in fields:
            if field == ".":
                node.text = like.text if like else node.text
            elif like:
                node.attributes[field[1:]] = like.attributes[field[1:]]
            elif (node.name, field) in self.maker.referring:
                simple = node.declaration.type.attribute(field[1:]).simple
                node.attributes[field[1:]] = schema_values.right(simple, 7)
            elif field[1:] not in node.attributes:
                self.maker.set(node, field[1:])


def identity(case):
    return "%s: %s" % (case.kind, case.name)


def validate(folder, names):
    """Name: its messages about the schema."""
    ended = subprocess.run([os.environ["CFAUDIT"], "validate", "--show", "error", "-f", "json"] + names, cwd=folder,
                           capture_output=True, check=False)
    if ended.returncode not in (0, 1, 2):
        raise SystemExit("# " + ended.stderr.decode("utf-8"))
    return {document["name"]: document for document in json.loads(ended.stdout)["documents"]}


def troubles_of(case, document):
    """(message, troubles)"""
    found = [m for m in document["messages"] if m["rule"].startswith("xml-")]
    column = case.node.columns[case.attribute] if case.attribute else case.node.column
    place = (case.node.line, column)
    here = [m for m in found if (m["line"], m["column"]) == place and m["rule"] == case.rule]
    told = "; ".join("%s:%s [%s] %s" % (m["line"], m["column"], m["rule"], m["text"])
                     for m in found[:3])
    if document["outcome"] != "invalid" or not here:
        return "", ["wanted %d:%d [%s], told: %s" % (*place, case.rule, told or "nothing")]
    message = here[0]["text"] + ("\t" + here[0]["hint"] if here[0]["hint"] else "")
    return message, ["raw words: %s: %s" % (word, message) for word in RAW if word in message]


def check_batch(folder, batch, messages, troubles):
    documents = validate(folder, ["%d.xml" % number for number in range(len(batch))])
    for number, case in enumerate(batch):
        message, wrong = troubles_of(case, documents["%d.xml" % number])
        messages[identity(case)] = message
        troubles[case.kind] += ["%s: %s" % (identity(case), text) for text in wrong]


def check_whole(schema, tap):
    """The documents are right before they are broken."""
    cases = Cases(schema)
    ways = cases.ways
    with tempfile.TemporaryDirectory(prefix="cfaudit-schema-") as name:
        folder = pathlib.Path(name)
        files = {}
        for number, (type_, way) in enumerate(ways.items()):
            root, _ = cases.maker.document(way)
            (folder / ("%d.xml" % number)).write_text(text_of(root), "utf-8")
            files["%d.xml" % number] = type_
        documents = validate(folder, list(files))
    tap.check("%d documents before they are broken" % len(files),
              ["%s: %d:%d: %s" % (files[name], message["line"], message["column"], message["text"])
               for name, document in documents.items() for message in document["messages"]
               if message["rule"].startswith("xml-") and message["rule"] != "xml-value"])


def read_expected():
    if not EXPECTED.exists():
        return {}
    return dict(line.split("\t", 1) for line in EXPECTED.read_text("utf-8").splitlines())


def check_expected(tap, messages):
    expected = read_expected()
    tap.check("each constraint has a message, and each message a constraint",
              ["no message: " + name for name in messages if name not in expected] +
              ["no constraint: " + name for name in expected if name not in messages])
    tap.check("the messages are those of schema.expected",
              ["%s: %r, expected %r" % (name, messages[name], expected[name])
               for name in expected if name in messages and messages[name] != expected[name]])


def main():
    tap = Tap()
    schema = Schema(SCHEMA)
    check_whole(schema, tap)
    messages = {}
    counts = collections.Counter()
    troubles = collections.defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="cfaudit-schema-") as name:
        folder = pathlib.Path(name)
        batch = []
        for case in Cases(schema).all():
            counts[case.kind] += 1
            if identity(case) in messages:
                troubles[case.kind].append("two of that name: " + identity(case))
            messages[identity(case)] = ""
            (folder / ("%d.xml" % len(batch))).write_text(text_of(case.root), "utf-8")
            batch.append(case._replace(root=None))  # some are large
            if len(batch) == AT_ONCE:
                check_batch(folder, batch, messages, troubles)
                batch = []
        check_batch(folder, batch, messages, troubles)
    for kind, count in counts.items():
        tap.check("%s: %d" % (kind, count), troubles[kind])
    if sys.argv[1:] == ["--write"]:
        EXPECTED.write_text("".join("%s\t%s\n" % pair for pair in messages.items()), "utf-8")
    check_expected(tap, messages)
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
