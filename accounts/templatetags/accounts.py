import qrcode
from django import template

from accounts.devices import kind_of

register = template.Library()
register.filter("kind_of_browser", kind_of)


@register.simple_tag
def qr_code(text):
    """A QR code as the path of an SVG drawing, with its size; drawn in the page, since a `data:` picture is refused."""
    code = qrcode.QRCode()
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return {"path": path, "size": len(rows)}
