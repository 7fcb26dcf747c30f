"""schemas/cfaudit.xsd as test_schema.py needs it: complex types with their attributes and children,
simple types with their facets, identity constraints, and the shortest way to each declaration.

What the schema does not use is not known here and is an error: extensions of complex content,
references to elements, sequences in choices, lists, unions."""

import collections
import re
import xml.etree.ElementTree as tree

XS = "{http://www.w3.org/2001/XMLSchema}"
BASES = ("string", "token", "decimal", "integer", "positiveInteger", "nonNegativeInteger", "double",
         "date", "dateTime", "anyURI")

UNBOUNDED = 10 ** 9

Attribute = collections.namedtuple("Attribute", "name simple required")
# One element, or a choice of several, or anything of other namespaces (no declarations).
Item = collections.namedtuple("Item", "declarations least most")
Key = collections.namedtuple("Key", "kind name path field refer owner")


class Simple:
    def __init__(self, name, base):
        self.name = name
        self.base = base
        self.words = []
        self.patterns = []
        self.example = None
        self.facets = {}


class Complex:
    def __init__(self, name):
        self.name = name
        self.attributes = []
        self.items = []
        self.simple = None  # of its text

    def attribute(self, name):
        return next(a for a in self.attributes if a.name == name)

    def place(self, name):
        """Of the item that holds the child of that name; None: there is none."""
        for place, item in enumerate(self.items):
            if any(declaration.name == name for declaration in item.declarations):
                return place
        return None

    def child(self, name):
        return next(d for d in self.items[self.place(name)].declarations if d.name == name)

    @property
    def has_children(self):
        return bool(self.items)


class Declaration:
    """An element: its type is a Complex or a Simple."""

    def __init__(self, name, type_, keys):
        self.name = name
        self.type = type_
        self.keys = keys

    @property
    def is_complex(self):
        return isinstance(self.type, Complex)


class Schema:
    def __init__(self, path):
        parser = tree.XMLParser(target=tree.TreeBuilder(insert_comments=True))
        root = tree.parse(path, parser).getroot()
        self.named = {}
        for node in root:
            if isinstance(node.tag, str):
                self.named[node.tag, node.get("name")] = node
        self.simples = {}
        self.complexes = {}
        self.keys = []
        for node in root.findall(XS + "simpleType"):
            self.simple("cf:" + node.get("name"))
        for node in root.findall(XS + "complexType"):
            self.complex("cf:" + node.get("name"))
        self.roots = [self.declaration(node, "") for node in root.findall(XS + "element")]

    # --- simple types ---

    def simple(self, reference):
        kind, name = reference.split(":")
        if kind == "xs":
            if name not in BASES:
                raise ValueError("unknown base: " + name)
            return Simple(name, name)
        if name not in self.simples:
            self.simples[name] = self.read_simple(self.named[XS + "simpleType", name], name)
        return self.simples[name]

    def read_simple(self, node, name):
        restriction = node.find(XS + "restriction")
        base = restriction.get("base")
        above = self.simple(base)
        simple = Simple(name, above.base)
        simple.patterns += above.patterns
        simple.example = above.example
        simple.facets.update(above.facets)
        for facet in restriction:
            if facet.tag is tree.Comment:
                found = re.search(r"example:\s*([^\s,]+)", facet.text)
                simple.example = simple.example or (found and found.group(1))
                continue
            kind = facet.tag[len(XS):]
            if kind == "enumeration":
                simple.words.append(facet.get("value"))
            elif kind == "pattern":
                simple.patterns.append(facet.get("value"))
            else:
                simple.facets[kind] = facet.get("value")
        return simple

    def inline_simple(self, node, name):
        if node.get("type"):
            return self.simple(node.get("type"))
        if name not in self.simples:
            self.simples[name] = self.read_simple(node.find(XS + "simpleType"), name)
        return self.simples[name]

    # --- complex types ---

    def complex(self, reference):
        name = reference.split(":")[1]
        if name not in self.complexes:
            self.complexes[name] = Complex(name)  # first: a type may hold itself
            self.read_complex(self.complexes[name], self.named[XS + "complexType", name])
        return self.complexes[name]

    def read_complex(self, into, node):
        content = node.find(XS + "simpleContent")
        if content is not None:
            node = content.find(XS + "extension")
            into.simple = self.simple(node.get("base"))
        for part in node:
            if not isinstance(part.tag, str) or part.tag == XS + "annotation":
                continue
            kind = part.tag[len(XS):]
            if kind == "attribute":
                into.attributes.append(self.attribute(into, part))
            elif kind == "attributeGroup":
                self.read_group(into, part)
            else:
                self.read_particle(into, part, (1, 1))

    def attribute(self, into, node):
        name = node.get("name")
        return Attribute(name, self.inline_simple(node, into.name + "@" + name),
                         node.get("use") == "required")

    def read_group(self, into, reference):
        group = self.named[XS + "attributeGroup", reference.get("ref").split(":")[1]]
        for node in group.findall(XS + "attribute"):
            into.attributes.append(self.attribute(into, node))
        for node in group.findall(XS + "attributeGroup"):
            self.read_group(into, node)

    def read_particle(self, into, node, outer):
        most = node.get("maxOccurs", "1")
        own = (int(node.get("minOccurs", 1)), UNBOUNDED if most == "unbounded" else int(most))
        bounds = own if outer == (1, 1) else outer
        kind = node.tag[len(XS):]
        if kind == "element":
            into.items.append(Item([self.declaration(node, into.name)], *bounds))
        elif kind == "choice":
            inner = node.findall(XS + "element")
            into.items.append(Item([self.declaration(part, into.name) for part in inner], *bounds))
        elif kind == "any":
            into.items.append(Item([], *bounds))
        elif kind == "group":
            group = self.named[XS + "group", node.get("ref").split(":")[1]]
            for part in group:
                if isinstance(part.tag, str) and part.tag != XS + "annotation":
                    self.read_particle(into, part, bounds)
        elif kind == "sequence" and bounds == (1, 1):
            for part in node:
                if isinstance(part.tag, str) and part.tag != XS + "annotation":
                    self.read_particle(into, part, (1, 1))
        else:
            raise ValueError("unknown particle: %s in %s" % (kind, into.name))

    def declaration(self, node, above):
        name = node.get("name")
        path = above + "/" + name if above else name
        inner = node.find(XS + "complexType")
        if inner is not None:
            type_ = self.complexes.setdefault(path, Complex(path))
            if not type_.attributes and not type_.items:
                self.read_complex(type_, inner)
        elif (node.get("type") or "").startswith("cf:") and \
                (XS + "complexType", node.get("type")[3:]) in self.named:
            type_ = self.complex(node.get("type"))
        else:
            type_ = self.inline_simple(node, path)
        declaration = Declaration(name, type_, [])
        for kind in ("unique", "key", "keyref"):
            for key in node.findall(XS + kind):
                declaration.keys.append(self.key(kind, key, declaration))
        return declaration

    def key(self, kind, node, owner):
        path = node.find(XS + "selector").get("xpath").replace("cf:", "").split("/")
        fields = [field.get("xpath") for field in node.findall(XS + "field")]
        key = Key(kind, node.get("name"), path, fields, (node.get("refer") or ":").split(":")[1],
                  owner)
        if all(known.name != key.name for known in self.keys):  # not of a group that is used again
            self.keys.append(key)
        return key

    def ways(self):
        """(complex type, child or None): the shortest way there, as declarations from a root."""
        ways = {}
        waiting = collections.deque([root] for root in self.roots)
        while waiting:
            way = waiting.popleft()
            type_ = way[-1].type
            if not isinstance(type_, Complex) or type_.name in ways:
                continue
            ways[type_.name] = way
            for item in type_.items:
                waiting.extend(way + [declaration] for declaration in item.declarations)
        return ways
