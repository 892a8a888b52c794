"""What holds off whoever sends much: limits for each place."""

from programme.limits import Limit

LOOK = Limit("ask.look", from_address=120, from_network=600)
START = Limit("ask.start", from_address=10, from_network=40)
STEP = Limit("ask.step", from_address=90, from_network=400)
SEND = Limit("ask.send", from_address=5, from_network=20)
FILE = Limit("ask.file", from_address=20, from_network=80)
HELPED = Limit("ask.helped", from_address=10, from_network=60)
TALK = Limit("ask.talk", from_address=20, from_network=80)
