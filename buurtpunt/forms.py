"""The one form of the roof: a message for the news."""

from django import forms

from network.forms import PlainModelForm
from network.models import NewsItem


class NewsForm(PlainModelForm):
    class Meta:
        model = NewsItem
        fields = ["title", "intro", "body"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 3}), "body": forms.Textarea}
        help_texts = {
            "intro": "Eén of twee zinnen: ze staan op de startpagina en in de lijst.",
            "body": "Mag leeg blijven. Een lege regel begint een nieuwe alinea.",
        }
