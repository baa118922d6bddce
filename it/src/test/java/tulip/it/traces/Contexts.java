// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ofSeconds;

import java.util.List;
import tulip.core.Context;
import tulip.core.ContextVar;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;

/// Context variables: who sees what was set where.
final class Contexts extends Scenarios {
  private static final ContextVar<String> USER = ContextVar.of("user", "nobody");

  private final EventLoop loop = EventLoop.current();

  @Scenario
  void aTaskBeginsWithACopy() {
    USER.set("ada");
    var task =
        start(() -> {
          trace("the task begins with " + USER.get());
          USER.set("bob");
          tick();
          trace("the task has " + USER.get());
        });
    USER.set("carol");
    join(task);
    trace("outside there is " + USER.get());
  }

  @Scenario
  void aCallbackRunsInTheContextItWasQueuedIn() {
    USER.set("ada");
    loop.callSoon(() -> trace("callback: " + USER.get()));
    loop.callLater(ofSeconds(1), () -> trace("timer: " + USER.get()));
    USER.set("bob");
    loop.callSoon(() -> trace("callback: " + USER.get()));
    sleep(2);
  }

  @Scenario
  void whatACallbackSets() {
    loop.callSoon(() -> {
      USER.set("ada");
      loop.callSoon(() -> trace("its own callback: " + USER.get()));
    });
    loop.callSoon(() -> trace("the next callback: " + USER.get()));
    settle();
    trace("the task: " + USER.get());
  }

  @Scenario
  void aDoneCallbackRunsInTheContextItWasAddedIn() {
    var future = loop.<Integer>createFuture();
    USER.set("ada");
    future.addDoneCallback(_ -> trace("added by " + USER.get()));
    USER.set("bob");
    future.setResult(42);
    tick();
  }

  @Scenario
  void aTokenTakesBackWhatWasSet() {
    var token = USER.set("ada");
    trace(USER.get());
    token.close();
    trace(USER.get());
    try {
      token.close();
    } catch (IllegalStateException e) {
      trace("once only");
    }
  }

  @Scenario
  void aBlockInAnotherContext() {
    USER.set("ada");
    var context = Context.current();
    USER.set("carol");
    context.run(() -> {
      trace("inside: " + USER.get());
      USER.set("bob");
      trace("inside: " + USER.get());
    });
    trace("outside: " + USER.get());
  }

  @Scenario
  void whatAChildOfAGroupSees() {
    TaskGroup.run(group -> {
      for (var name : List.of("ada", "bob")) {
        USER.set(name);
        group.start(() -> trace(name + " sees " + USER.get()));
      }
      USER.set("carol");
    });
  }
}
