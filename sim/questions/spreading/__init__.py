"""How given hours are best spread: the best rule, the value of an hour more everywhere, and moves that help."""

from sim.questions.spreading.answer import SpreadingAnswer, answer
from sim.questions.spreading.question import Objective, Question

__all__ = ["Objective", "Question", "SpreadingAnswer", "answer"]
