"""Rules that a learner types, like ``x2 > sin(x1)``: read by a grammar of their own, never run as Python."""

from playground.core.formulas.evaluation import classes_by
from playground.core.formulas.grammar import LONGEST_RULE, RULE_IN_WORDS, Rule, read_rule
from playground.core.formulas.python import python_of
from playground.core.formulas.tokens import FormulaError

__all__ = ["LONGEST_RULE", "RULE_IN_WORDS", "FormulaError", "Rule", "classes_by", "python_of", "read_rule"]
