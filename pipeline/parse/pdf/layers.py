"""Layers of a document (optional content), and pages read without those that are not shown.

No text interface tells on which layer a letter stands, so the operators of the page are followed:
`BDC /OC` … `EMC`, and forms and pictures with an `OC` of their own (ISO 32000-1, 8.11).
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from pipeline.parse.pdf.objects import entries, items, name, references

_DEEPEST = 16  # expressions within expressions


class Layers:
    """The layers of a document, and which of them it opens with switched off."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        known = entries(catalog.get("OCProperties"))
        usual = entries(known.get("D"))
        every, on, off = (
            references(of.get(key)) for of, key in ((known, "OCGs"), (usual, "ON"), (usual, "OFF"))
        )
        self.count = len(every)
        self.off = frozenset((every - on) | off if name(usual.get("BaseState")) == "OFF" else off)

    def named(self, resources: Any) -> int:
        """How many layers, and memberships of layers, some resources name."""
        properties = entries(entries(resources).get("Properties"))
        kinds = [name(entries(value).get("Type")) for value in properties.values()]
        return sum(kind in {"OCG", "OCMD"} for kind in kinds)

    def hides(self, value: Any) -> bool:
        """Whether what belongs to a layer, or to a membership of layers, is not shown."""
        if isinstance(value, PDFObjRef) and value.objid in self.off:
            return True
        member = resolve1(value)
        if not self.off or not isinstance(member, dict) or name(member.get("Type")) != "OCMD":
            return False
        if expression := resolve1(member.get("VE")):
            return not self._holds(expression, _DEEPEST)
        of = member.get("OCGs")
        shown = [not self.hides(layer) for layer in (items(of) or [of]) if entries(layer)]
        if not shown:
            return False
        return not {
            "AllOn": all(shown),
            "AnyOff": not all(shown),
            "AllOff": not any(shown),
        }.get(name(member.get("P")), any(shown))

    def _holds(self, expression: Any, depth: int) -> bool:
        """Whether an expression of layers is true: [/And …], [/Or …], [/Not …] or a layer."""
        parts = items(expression)
        if not parts or not depth:
            return not self.hides(expression)
        held = [self._holds(part, depth - 1) for part in parts[1:]]
        return {"And": all(held), "Not": not any(held)}.get(name(parts[0]), any(held))


class _Device(PDFPageAggregatorWithMarkedContent):
    """Gathers what is on a page and shown; counts the letters that are not."""

    def __init__(self, layers: Layers, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.layers = layers
        self.marks: list[bool] = []  # of the marked content that is open: whether it is hidden
        self.hidden = 0

    def render_char(self, *arguments: Any, **named: Any) -> float:
        advance = super().render_char(*arguments, **named)
        if any(self.marks):
            char = self.cur_item._objs.pop()  # noqa: SLF001  as the class above has put it there
            self.hidden += not getattr(char, "get_text", str)().isspace()
        return advance

    def render_image(self, *arguments: Any, **named: Any) -> None:
        if not any(self.marks):
            super().render_image(*arguments, **named)

    def paint_path(self, *arguments: Any, **named: Any) -> None:
        if not any(self.marks):
            super().paint_path(*arguments, **named)


class _Interpreter(PDFPageInterpreter):
    """Follows the operators of a page and tells the device which content is hidden."""

    device: _Device

    def do_BMC(self, tag: Any) -> None:  # noqa: N802  the operator's name, as of those below
        self.device.marks.append(False)
        super().do_BMC(tag)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        named = entries(entries(self.resources).get("Properties"))
        value = named.get(getattr(props, "name", None), props)
        self.device.marks.append(name(tag) == "OC" and self.device.layers.hides(value))
        super().do_BDC(tag, props)

    def do_EMC(self) -> None:  # noqa: N802
        if self.device.marks:
            self.device.marks.pop()
        super().do_EMC()

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        stream = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", None)))
        layer = stream.get("OC") if isinstance(stream, PDFStream) else None
        before = list(self.device.marks)
        self.device.marks.append(layer is not None and self.device.layers.hides(layer))
        super().do_Do(xobjid_arg)
        self.device.marks[:] = before  # what a form leaves open ends with it


def lay_out(page: Any, layers: Layers) -> int:
    """Have a page of pdfplumber hold what is shown of it; how many letters are not."""
    pdf = page.pdf
    device = _Device(layers, pdf.rsrcmgr, pageno=page.page_number, laparams=pdf.laparams)
    _Interpreter(pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()  # noqa: SLF001  where the page keeps it
    return device.hidden
