"""The language of an event's title and text."""

import pytest

from pipeline.knowledge.languages import language_of


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
    assert language_of(title, text) == language
