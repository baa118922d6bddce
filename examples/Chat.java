// SPDX-License-Identifier: Apache-2.0

import module tulip.core;
import module tulip.http;
import module tulip.net;
import module tulip.websocket;

import java.io.IOException;
import java.util.LinkedHashSet;

/// A chat room: what one says, all hear, and nobody waits for somebody else's slow connection.
///
///     ./tulip run examples/Chat.java --port 8080
///
/// Then open http://localhost:8080 in some browsers. Without a port it shows itself: Ann and Bob
/// meet at one that is free.
void main(String... arguments) throws Exception {
  var room = new Room();
  var app = new WebApp();
  app.get("/", _ -> Response.html(PAGE));
  app.get(
      "/chat/{name}",
      request -> {
        var name = request.pathValue("name");
        return WebSocket.accept(request, socket -> room.visit(name, socket));
      });
  Tulip.run(() -> {
    if (arguments.length == 2 && arguments[0].equals("--port")) {
      app.serve(Integer.parseInt(arguments[1]));
    } else {
      try (var server = app.open(Tcp.listen(0))) {
        meet("ws://localhost:" + server.port() + "/chat/");
      }
    }
  });
}

static class Room {
  private final Set<WebSocket> visitors = new LinkedHashSet<>();

  void visit(String name, WebSocket socket) throws IOException {
    visitors.add(socket);
    try {
      say(name + " comes in");
      for (String text; (text = socket.receiveText()) != null; ) {
        say(name + ": " + text);
      }
    } finally {
      visitors.remove(socket);
      say(name + " leaves");
    }
  }

  private void say(String line) {
    Broadcast.send(PreparedMessage.text(line), List.copyOf(visitors), Broadcast.SlowPeers.CLOSE);
  }
}

void meet(String place) throws IOException {
  try (var ann = WebSocket.connect(place + "Ann")) {
    IO.println("Ann hears: " + ann.receiveText());
    try (var bob = WebSocket.connect(place + "Bob")) {
      IO.println("Bob hears: " + bob.receiveText());
      bob.send("Hello?");
      IO.println("Bob hears: " + bob.receiveText());
    }
    for (var message : ann) {
      IO.println("Ann hears: " + ((Message.Text) message).text());
      if (message.equals(Message.of("Bob leaves"))) {
        break;
      }
    }
  }
}

static final String PAGE =
    """
    <!DOCTYPE html>
    <title>Chat</title>
    <ul id="lines"></ul>
    <form><input autofocus></form>
    <script>
      const name = prompt("Your name?") || "Nobody";
      const socket = new WebSocket("ws://" + location.host + "/chat/" + encodeURIComponent(name));
      const show = text => lines.appendChild(document.createElement("li")).textContent = text;
      socket.onmessage = event => show(event.data);
      socket.onclose = event => show("closed: " + event.code + " " + event.reason);
      document.forms[0].onsubmit = event => {
        const input = event.target.elements[0];
        socket.send(input.value);
        input.value = "";
        return false;
      };
    </script>
    """;
