// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.queue.BrokenChannelException;
import tulip.core.queue.Channel;
import tulip.core.queue.ChannelClosedException;
import tulip.core.queue.EndOfChannelException;
import tulip.core.queue.ReceiveChannel;

/// trio's memory channels.
final class Channels extends Scenarios {
  @Scenario
  void withoutRoomASenderWaitsForItsReceiver() {
    var channel = Channel.<Integer>open(0);
    TaskGroup.run(group -> {
      group.start(() -> {
        for (int item = 1; item <= 2; item++) {
          channel.sender().send(item);
          trace(item + " is sent");
        }
      });
      settle();
      for (int i = 0; i < 2; i++) {
        trace("received " + channel.receiver().receive());
        settle();
      }
    });
  }

  @Scenario
  void withRoomASenderGoesOn() {
    var channel = Channel.<Integer>open(2);
    for (int item = 1; item <= 2; item++) {
      channel.sender().send(item);
      trace(item + " is sent");
    }
    if (!channel.sender().trySend(3)) {
      trace("full");
    }
    trace(channel.receiver().tryReceive());
    trace(channel.receiver().tryReceive());
    if (channel.receiver().tryReceive() == null) {
      trace("empty");
    }
  }

  @Scenario
  void receiversAreServedInTheOrderOfComing() {
    var channel = Channel.<Integer>open(0);
    TaskGroup.run(group -> {
      for (var name : List.of("a", "b", "c")) {
        group.start(() -> receive(channel.receiver(), name));
        settle();
      }
      List.of(1, 2, 3).forEach(channel.sender()::send);
    });
  }

  private void receive(ReceiveChannel<?> receiver, String name) {
    trace(name + " received " + receiver.receive());
  }

  @Scenario
  void sendersAreServedInTheOrderOfComing() {
    var channel = Channel.<Integer>open(0);
    TaskGroup.run(group -> {
      for (int item = 1; item <= 3; item++) {
        int next = item;
        group.start(() -> channel.sender().send(next));
        settle();
      }
      for (int i = 0; i < 3; i++) {
        trace("received " + channel.receiver().receive());
      }
    });
  }

  @Scenario
  void whatIsHandedOverCannotBeOvertaken() {
    var channel = Channel.<String>open(1);
    TaskGroup.run(group -> {
      group.start(() -> receive(channel.receiver(), "the one who waited"));
      settle();
      channel.sender().trySend("an item");
      var item = channel.receiver().tryReceive();
      trace("the newcomer received " + (item == null ? "nothing" : item));
    });
  }

  @Scenario
  void anIterationEndsWhenTheLastSenderCloses() {
    var channel = Channel.<Integer>open(5);
    var clone = channel.sender().clone();
    channel.sender().send(1);
    channel.sender().close();
    clone.send(2);
    clone.close();
    for (var item : channel.receiver()) {
      trace(item);
    }
    trace("the end");
  }

  @Scenario
  void aReceiverThatWaitsIsToldOfTheEnd() {
    var channel = Channel.<Integer>open(0);
    var clone = channel.sender().clone();
    TaskGroup.run(group -> {
      for (var name : List.of("a", "b")) {
        group.start(() -> {
          try {
            channel.receiver().receive();
          } catch (EndOfChannelException e) {
            trace(name + " came to the end");
          }
        });
      }
      settle();
      channel.sender().close();
      settle();
      trace("one sender is closed");
      clone.close();
    });
  }

  @Scenario
  void withoutReceiversSendingFails() {
    var channel = Channel.<Integer>open(0);
    TaskGroup.run(group -> {
      group.start(() -> {
        try {
          channel.sender().send(1);
        } catch (BrokenChannelException e) {
          trace("the one who waited is told");
        }
      });
      settle();
      channel.receiver().close();
      settle();
      try {
        channel.sender().send(2);
      } catch (BrokenChannelException e) {
        trace("the newcomer is told");
      }
    });
  }

  @Scenario
  void aClosedEndIsOfNoUse() {
    var channel = Channel.<Integer>open(1);
    channel.sender().close();
    channel.sender().close();
    try {
      channel.sender().trySend(1);
    } catch (ChannelClosedException e) {
      trace("the sender is closed");
    }
    channel.receiver().close();
    try {
      channel.receiver().receive();
    } catch (ChannelClosedException e) {
      trace("the receiver is closed");
    }
  }

  @Scenario
  void closingAnEndEndsTheWaitAtIt() {
    var channel = Channel.<String>open(0);
    var clone = channel.receiver().clone();
    TaskGroup.run(group -> {
      group.start(() -> receiveOrTell(channel.receiver(), "one end"));
      settle();
      group.start(() -> receiveOrTell(clone, "its clone"));
      settle();
      channel.receiver().close();
      settle();
      channel.sender().send("an item");
    });
  }

  private void receiveOrTell(ReceiveChannel<?> receiver, String name) {
    try {
      receive(receiver, name);
    } catch (ChannelClosedException e) {
      trace(name + " was closed");
    }
  }

  @Scenario
  void aCancelledReceiverTakesNothing() {
    var channel = Channel.<String>open(0);
    var first = new Scope();
    TaskGroup.run(group -> {
      group.start(() -> first.run(() -> receive(channel.receiver(), "first")));
      settle();
      group.start(() -> receive(channel.receiver(), "second"));
      settle();
      first.cancel();
      channel.sender().send("an item");
    });
  }

  @Scenario
  void whatWasReceivedIsNotLostToALateCancellation() {
    var channel = Channel.<String>open(0);
    var scope = new Scope();
    TaskGroup.run(group -> {
      group.start(() -> scope.run(() -> receive(channel.receiver(), "the receiver")));
      settle();
      channel.sender().trySend("an item");
      scope.cancel();
    });
  }

  @Scenario
  void aCancelledSenderSendsNothing() {
    var channel = Channel.<Integer>open(0);
    var first = new Scope();
    TaskGroup.run(group -> {
      group.start(() -> first.run(() -> channel.sender().send(1)));
      settle();
      group.start(() -> {
        channel.sender().send(2);
        trace("2 is sent");
      });
      settle();
      first.cancel();
      trace("received " + channel.receiver().receive());
    });
  }

  @Scenario
  void aChannelTellsHowItIsUsed() {
    var channel = Channel.<Integer>open(3);
    var clone = channel.sender().clone();
    channel.sender().send(1);
    var look = channel.receiver().statistics();
    trace(look.size() + " of " + look.capacity());
    trace(look.openSenders() + " senders, " + look.openReceivers() + " receiver");
    clone.close();
    trace(channel.receiver().statistics().openSenders() + " sender");
  }
}
