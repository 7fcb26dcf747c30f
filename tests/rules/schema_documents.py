"""Documents made of the schema alone: the smallest one that has a wanted element, changed at one
place, and where its elements and attributes stand in the file."""

import collections
import itertools
from xml.sax.saxutils import escape, quoteattr

from rules import schema_values

NAMESPACE = "urn:cfaudit:1"


class Node:
    def __init__(self, declaration, name=None):
        self.declaration = declaration
        self.name = name or declaration.name
        self.attributes = {}
        self.children = []
        self.text = ""
        self.line = self.column = 0
        self.columns = {}

    def elements(self, name):
        return [child for child in self.children if child.name == name]


class Maker:
    """Makes nodes; what must differ from its like does."""

    def __init__(self, schema):
        self.single = {(key.path[-1], field) for key in schema.keys if key.kind != "keyref"
                       for field in key.field}
        self.referring = {(key.path[-1], field) for key in schema.keys if key.kind == "keyref"
                          for field in key.field}
        self.keyed = {(key.path[-1], field) for key in schema.keys if key.kind == "key"
                      for field in key.field}
        self.schema = schema
        self.counters = collections.defaultdict(itertools.count)

    def value(self, simple, element, field):
        number = 0
        if (element, field) in self.single and (element, field) not in self.referring:
            number = next(self.counters[element, field])
        return schema_values.right(simple, number)

    def node(self, declaration):
        """With all that it must have."""
        node = Node(declaration)
        type_ = declaration.type
        simple = type_.simple if declaration.is_complex else type_
        if declaration.is_complex:
            for attribute in type_.attributes:
                if attribute.required or (node.name, "@" + attribute.name) in self.keyed:
                    self.set(node, attribute.name)
            for item in type_.items:
                for _ in range(item.least):
                    node.children.append(self.node(item.declarations[0]))
        if simple:
            node.text = self.value(simple, node.name, ".")
        return node

    def set(self, node, name):
        attribute = node.declaration.type.attribute(name)
        node.attributes[name] = self.value(attribute.simple, node.name, "@" + name)

    def add(self, parent, declaration):
        """One more, behind its like."""
        type_ = parent.declaration.type
        place = type_.place(declaration.name)
        child = self.node(declaration)
        index = 0
        while index < len(parent.children) and \
                type_.place(parent.children[index].name) <= place:
            index += 1
        parent.children.insert(index, child)
        return child

    def has(self, parent, declaration):
        """One that is there, or a new one."""
        there = parent.elements(declaration.name)
        if not there:
            item = parent.declaration.type.items[parent.declaration.type.place(declaration.name)]
            of_item = [child for child in parent.children
                       if any(d.name == child.name for d in item.declarations)]
            if len(of_item) >= item.most:
                parent.children.remove(of_item[0])
        return there[0] if there else self.add(parent, declaration)

    def document(self, way):
        """(root, the last of the way)"""
        self.counters.clear()
        root = node = self.node(way[0])
        for declaration in way[1:]:
            node = self.has(node, declaration)
        for key in way[0].keys * 2:  # what is referred to may refer itself
            if key.kind == "keyref" and refers(root, key):
                named = next(k for k in way[0].keys if k.name == key.refer)
                self.reach(root, named.path, False)
        return root, node

    def reach(self, owner, path, again):
        """The first node of that path, or one more."""
        node = owner
        for depth, name in enumerate(path):
            type_ = node.declaration.type
            more = again and depth == len(path) - 1
            if again and depth < len(path) - 1:
                below = type_.child(name).type
                if below.items[below.place(path[depth + 1])].most == 1:
                    more, again = True, False
            there = node.elements(name)
            if more and len(there) == type_.items[type_.place(name)].most:
                node = there[1]
                continue
            node = self.add(node, type_.child(name)) if more \
                else self.has(node, type_.child(name))
        return node


def refers(root, key):
    """Whether one of the nodes that the key looks at has its field."""
    nodes = [root]
    for name in key.path:
        nodes = [child for node in nodes for child in node.elements(name)]
    return any(key.field[0][1:] in node.attributes for node in nodes)


def text_of(root):
    """The document, one element a line; lines and columns are set."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']

    def write(node, depth):
        start = " " * depth + "<" + node.name
        node.line = len(lines) + 1
        node.column = depth + 1
        if depth == 0:
            start += ' xmlns="%s"' % NAMESPACE
        for name, value in node.attributes.items():
            node.columns[name] = len(start) + 2
            start += " %s=%s" % (name, quoteattr(value))
        if not node.children:
            lines.append(start + ">" + escape(node.text) + "</%s>" % node.name)
            return
        lines.append(start + ">" + escape(node.text))
        for child in node.children:
            write(child, depth + 1)
        lines.append(" " * depth + "</%s>" % node.name)

    write(root, 0)
    return "\n".join(lines) + "\n"
