"""Puts many mutants into one program, each behind a switch.

`a < b` becomes `if on(7) { a <= b } else { a < b }`. What a switch does to a program is what cargo-mutants would have written there, so one
compilation serves thousands of mutants. Where an expression begins and ends is read off the syntax tree; operands are written once, so that mutants
may lie within mutants. What has no place for a switch (constants, `const fn`, results of type `impl …`, chains of `let`) is left out and counted.
"""

from collections import defaultdict

import tree_sitter_rust
from tree_sitter import Language, Parser

PARSER = Parser(Language(tree_sitter_rust.language()))
COMPARISONS = {"==", "!=", "<", ">", "<=", ">="}
# Nothing can be asked at run time in these.
CONSTANT = {"const_item", "static_item", "array_type", "const_block", "enum_variant", "macro_invocation", "const_parameter"}


class Woven:
    """One file: its mutants, and its text with switches."""

    def __init__(self, text, mutants):
        self.text = text
        self.tree = PARSER.parse(text).root_node
        starts = [0]
        for line in text.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        self.starts = starts
        self.edits = defaultdict(list)
        self.left_out = [mutant["id"] for mutant in mutants if not self.place(mutant)]

    def offset(self, place):
        """Columns of cargo-mutants count characters; ours are bytes."""
        start = self.starts[place["line"] - 1]
        line = self.text[start : self.text.find(b"\n", start)].decode()
        return start + len(line[: place["column"] - 1].encode())

    def place(self, mutant):
        start, end = self.offset(mutant["span"]["start"]), self.offset(mutant["span"]["end"])
        node = self.tree.descendant_for_byte_range(start, end)
        if is_constant(node):
            return False
        found = getattr(self, "at_" + mutant["genre"])(node, start, mutant)
        if found is None:
            return False
        self.edits[(found.start_byte, found.end_byte)].append((mutant, found))
        return True

    def at_FnValue(self, node, start, mutant):
        body = above(node, "block", lambda block: block.parent.type in ("function_item", "closure_expression"))
        while body and body.parent.type != "function_item":
            body = above(body.parent, "block", lambda block: block.parent.type == "function_item")
        if not body or "impl " in mutant["function"]["return_type"]:
            return None
        return body.children[0]

    def at_BinaryOperator(self, node, start, mutant):
        whole = node.parent
        if whole is None or whole.type not in ("binary_expression", "compound_assignment_expr"):
            return None
        # The operator of what is found must be the one that was meant; a chain with `let` has no value.
        if whole.child_by_field_name("operator").start_byte != start or contains(whole, "let_condition"):
            return None
        return whole

    def at_UnaryOperator(self, node, start, mutant):
        whole = above(node, "unary_expression")
        return whole if whole and whole.start_byte == start else None

    def at_MatchArmGuard(self, node, start, mutant):
        return None if contains(node, "let_condition") or contains(node, "let_chain") else node

    def at_MatchArm(self, node, start, mutant):
        arm = node if node.type == "match_arm" else above(node, "match_arm")
        pattern = arm and arm.child_by_field_name("pattern")
        if not pattern or contains(pattern, "let_condition") or contains(pattern, "let_chain"):
            return None
        return pattern

    def at_StructField(self, node, start, mutant):
        # What is deleted takes its comma along.
        first = self.tree.descendant_for_byte_range(start, start + 1)
        return above(first, "field_initializer") if first.parent.type == "field_initializer" else above(first, "shorthand_field_initializer")

    def woven(self):
        return self.render(0, len(self.text), None).encode()

    def render(self, start, end, within):
        """This stretch of the text with all switches in it; `within` is the edit whose inside it is."""
        inner = sorted(
            (place for place in self.edits if start <= place[0] and place[1] <= end and place != within),
            key=lambda place: (place[0], -place[1]),
        )
        parts, at = [], start
        for place in inner:
            if place[0] < at:
                continue
            parts.append(self.text[at : place[0]].decode())
            parts.append(self.edit(place))
            at = place[1]
        parts.append(self.text[at:end].decode())
        return "".join(parts)

    def edit(self, place):
        entries = self.edits[place]
        node = entries[0][1]
        inside = lambda part: self.render(part.start_byte, part.end_byte, place)
        mutants = [mutant for mutant, _ in entries]
        genre = mutants[0]["genre"]
        if genre == "FnValue":
            return "{" + " ".join(f"if {on(m)} {{ return {m['replacement']}; }}" for m in mutants)
        if genre == "MatchArmGuard":
            return chosen([(m, m["replacement"]) for m in mutants], inside(node))
        if genre == "MatchArm":
            condition = node.child_by_field_name("condition")
            if not condition:
                return f"{inside(node)} if {off(mutants[0])}"
            before = self.render(node.start_byte, condition.start_byte, place)
            return f"{before}{off(mutants[0])} && ({inside(condition)})"
        if genre == "StructField":
            return self.field(node, mutants[0], inside)
        if genre == "UnaryOperator":
            operand = inside(node.children[-1])
            sign = node.children[0].text.decode()
            return f"({{ let woven_a = {operand}; {chosen([(mutants[0], 'woven_a')], sign + 'woven_a')} }})"
        return self.binary(node, mutants, inside)

    def binary(self, node, mutants, inside):
        left, right = (inside(node.child_by_field_name(side)) for side in ("left", "right"))
        sign = node.child_by_field_name("operator").text.decode()
        if node.type == "compound_assignment_expr":
            ways = [(m, f"{left} {m['replacement']} woven_b") for m in mutants]
            return f"{{ let woven_b = {right}; {chosen(ways, f'{left} {sign} woven_b')} }}"
        if sign in ("&&", "||"):
            swapped = next((m for m in mutants if m["replacement"] in ("&&", "||")), None)
            if swapped and len(mutants) == 1:
                negated = "" if sign == "&&" else "!"
                return f"(if ({left}) ^ {negated}{on(swapped)} {{ {right} }} else {{ {negated}{on(swapped)} }})"
            ways = [(m, f"({left}) {m['replacement']} ({right})") for m in mutants]
            return f"({chosen(ways, f'({left}) {sign} ({right})')})"
        if sign in COMPARISONS:
            ways = [(m, f"woven_a {m['replacement']} woven_b") for m in mutants]
            return f"(match (&({left}), &({right})) {{ (woven_a, woven_b) => {chosen(ways, f'woven_a {sign} woven_b')} }})"
        ways = [(m, f"woven_a {m['replacement']} woven_b") for m in mutants]
        return f"(match ({left}, {right}) {{ (woven_a, woven_b) => {chosen(ways, f'woven_a {sign} woven_b')} }})"

    def field(self, node, mutant, inside):
        whole = above(node, "struct_expression")
        base = next((child for child in node.parent.children if child.type == "base_field_initializer"), None)
        rest = base.children[-1].text.decode()
        if rest == "Default::default()":
            rest = f"<{whole.child_by_field_name('name').text.decode()}>::default()"
        if node.type == "shorthand_field_initializer":
            name = value = node.text.decode()
        else:
            name = node.child_by_field_name("field").text.decode()
            value = inside(node.child_by_field_name("value"))
        return f"{name}: if {on(mutant)} {{ ({rest}).{name} }} else {{ {value} }}"


def on(mutant):
    return f"woven_switch::on({mutant['id']})"


def off(mutant):
    return f"woven_switch::off({mutant['id']})"


def chosen(ways, otherwise):
    arms = "".join(f"if {on(mutant)} {{ {way} }} else " for mutant, way in ways)
    return f"{arms}{{ {otherwise} }}"


def above(node, kind, fits=lambda _: True):
    while node and not (node.type == kind and fits(node)):
        node = node.parent
    return node


def contains(node, kind):
    return node.type == kind or any(contains(child, kind) for child in node.children)


def is_constant(node):
    while node:
        if node.type in CONSTANT:
            return True
        if node.type == "function_item":
            modifiers = next((child for child in node.children if child.type == "function_modifiers"), None)
            return bool(modifiers) and b"const" in modifiers.text.split()
        node = node.parent
    return False
