"""Dated numbers and rules by area, and the table of allowed case transitions: data, and how it is looked up."""

from policy.errors import NotAllowed, ParameterError
from policy.forms import PolicyKey, Profile
from policy.parameters import Policy, load_policy
from policy.profile_files import Parameter

__all__ = ["NotAllowed", "Parameter", "ParameterError", "Policy", "PolicyKey", "Profile", "load_policy"]
