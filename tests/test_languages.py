"""The language of an event's title and text."""

import pytest

from pipeline.knowledge.languages import PageLanguages, language_of, languages_of_page


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("IURC webinar on water", "", "en"),
        ("Smart Cities", "", "en"),
        ("智慧城市研讨会", "Online", "zh"),
        ("IURC China 城市对话", "The dialogue is held in English.", "zh"),
        ("Wärmeplanung in Stadtquartieren", "Fachleute aus der Stadt und dem Umland.", "de"),
        ("Réunion du réseau des villes", "", "fr"),
        ("Taller sobre la movilidad en las ciudades", "", "es"),
        ("Encontro das cidades do sul", "Organizado com a câmara.", "pt"),
        ("環境国際協力についての会議", "", "ja"),
        ("도시 협력 회의", "", "ko"),
        ("Workshop in Santiago de Compostela", "Talks on the old town.", "en"),
        ("Visit to El Prat de Llobregat", "", "en"),
        ("Talk: Rio de Janeiro", "", "en"),
    ],
)
def test_it_is_told_by_letters_and_function_words(title: str, text: str, language: str) -> None:
    """Names of places in a title do not make it another language."""
    assert language_of(title, text, languages_of_page(f"{title}\n{text}")) == language


def test_a_title_without_function_words_is_in_the_language_of_its_page() -> None:
    """Unless its own words tell otherwise."""
    page = languages_of_page("Veranstaltungen der Stadt\nZeiten und Orte für alle\n")
    assert page == PageLanguages("zh", "de")
    assert language_of("Werkstattgespräch Radverkehr", "", page) == "de"
    assert language_of("Talk on the future of cities", "", page) == "en"
    japanese = languages_of_page("行事予定表\n時間は日本時間です。\n")
    assert language_of("環境協力会議", "", japanese) == "ja"
