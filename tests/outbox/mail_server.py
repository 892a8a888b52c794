"""A mail server of a few lines, with moods."""

import socketserver
import threading
from email import message_from_bytes, policy


class MailServer:
    """Takes mail on a port of its own; `mood` says how it behaves, `connections` how often somebody called.

    The sender waits long for an answer, so that a busy machine does not make a mail go twice.
    """

    def __init__(self):
        self.mood, self.connections, self.taken = "takes", 0, []
        self.away = threading.Event()
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self.handler(), bind_and_activate=True)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def settings(self):
        return {"host": "127.0.0.1", "port": self.server.server_address[1], "timeout": 30}

    def close(self):
        self.away.set()
        self.server.shutdown()
        self.server.server_close()

    def handler(mailbox):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                mailbox.connections += 1
                if mailbox.mood == "hangs":
                    mailbox.away.wait(5)
                    return
                self.say("220 ready")
                while line := self.rfile.readline().decode().strip().upper():
                    if not self.answer(line.split()[0]):
                        return

            def say(self, text):
                self.wfile.write(f"{text}\r\n".encode())

            def answer(self, verb):
                """Whether the talk goes on."""
                mood = mailbox.mood
                if verb == "RCPT" and mood[:1] in "45":
                    self.say(mood)
                elif verb == "DATA":
                    if mood == "drops at the text":
                        return False
                    self.say("354 go on")
                    self.take()
                    if mood == "drops after the text":
                        return False
                    self.say("554 5.6.0 not like this" if mood == "refuses the text" else "250 taken")
                else:
                    self.say("221 bye" if verb == "QUIT" else "250 fine")
                return verb != "QUIT"

            def take(self):
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    if not line:
                        return
                    lines.append(line)
                if mailbox.mood != "refuses the text":
                    mailbox.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))

        return Handler
