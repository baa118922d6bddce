// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;

class ContextVarTest {
  private final ContextVar<String> user = ContextVar.of("user", "nobody");
  private final ContextVar<Integer> bare = ContextVar.of("bare");

  @Test
  void aVariableWithoutValueGivesItsDefaultOrThrows() {
    assertEquals("nobody", user.get());
    assertEquals("else", user.get("else"));
    assertFalse(user.isSet());
    assertThrows(NoSuchElementException.class, bare::get);
    assertEquals(7, bare.get(7));
  }

  @Test
  void aTokenTakesBackWhatWasSetOnce() {
    var outer = user.set("ada");
    try (var _ = user.set("grace")) {
      assertEquals("grace", user.get());
    }
    assertEquals("ada", user.get());
    outer.close();
    assertFalse(user.isSet());
    assertThrows(IllegalStateException.class, outer::close);
    assertEquals(0, Context.current().size());
  }

  @Test
  void aBlockInAnotherContextLeavesNothingBehind() {
    var empty = Context.current();
    try (var _ = user.set("ada")) {
      empty.run(() -> {
        assertEquals("nobody", user.get());
        var _ = user.set("grace");
      });
      assertEquals("ada", user.get());
    }
  }

  @BothEngines
  void aChildBeginsWithACopyAndItsChangesAreItsOwn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var _ = user.set("parent");
          try (var group = TaskGroup.open()) {
            var child =
                group.start(() -> {
                  var before = user.get();
                  var _ = user.set("child");
                  Tulip.yield();
                  return before + " " + user.get();
                });
            Tulip.yield();
            var later = user.set("later");
            group.join();
            assertEquals("parent child", child.result());
            later.close();
          }
          assertEquals("parent", user.get());
        });
  }

  @BothEngines
  void everyKindOfCallbackRunsInTheContextItWasAddedIn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var seen = new ArrayList<String>();
          var done = loop.createFuture();
          var pipe = Pipe.open();
          pipe.source().configureBlocking(false);
          try (var _ = user.set("soon")) {
            loop.callSoon(() -> seen.add("soon " + user.get()));
            loop.callSoonThreadSafe(() -> seen.add("threadsafe " + user.get()));
            loop.callLater(ofSeconds(1), () -> seen.add("later " + user.get()));
            done.addDoneCallback(_ -> seen.add("done " + user.get()));
            loop.addReader(
                pipe.source(),
                () -> {
                  seen.add("reader " + user.get());
                  loop.removeReader(pipe.source());
                });
            assertEquals("soon", Tulip.blocking(() -> user.get()));
            assertEquals("soon", loop.runInExecutor(Runnable::run, user::get).await());
          }
          pipe.sink().write(ByteBuffer.wrap(new byte[1]));
          done.setResult("");
          Tulip.sleep(ofSeconds(2));
          pipe.source().close();
          pipe.sink().close();
          seen.sort(null);
          assertEquals(
              List.of("done soon", "later soon", "reader soon", "soon soon", "threadsafe soon"),
              seen);
          assertEquals("nobody", user.get());
        });
  }

  @BothEngines
  void whatACallbackSetsIsGoneAfterIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var seen = new CompletableFuture<String>();
          loop.callSoon(() -> assertFalse(user.set("first") == null));
          loop.callSoon(() -> seen.complete(user.get()));
          assertEquals("nobody", Tulip.await(seen));
        });
  }

  @BothEngines
  void aTaskStartedFromAnotherThreadHasThatThreadsContext(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine));
        var _ = user.set("outside")) {
      assertEquals("outside", runner.loop().submit(user::get).get());
      assertEquals("outside", runner.run(() -> user.get()));
    }
  }

  @BothEngines
  void aTaskLocalIsEmptyInAChild(Engine engine) throws Exception {
    var local = TaskLocal.<String>of("local");
    OnLoop.run(
        engine,
        () -> {
          var token = local.set("mine");
          try (var group = TaskGroup.open()) {
            var child = group.start(() -> local.isSet() + " " + local.getOrSet(() -> "own"));
            group.join();
            assertEquals("false own", child.result());
          }
          assertEquals("mine", local.get());
          token.close();
          assertThrows(NoSuchElementException.class, local::get);
        });
    assertThrows(IllegalStateException.class, () -> local.set("outside"));
  }

  @Test
  void aContextAgreesWithAMap() {
    var random = new Random(1);
    var variables = new ArrayList<ContextVar<Integer>>();
    for (int i = 0; i < 20; i++) {
      variables.add(ContextVar.of("v" + i));
    }
    var model = new HashMap<ContextVar<Integer>, Integer>();
    var context = Context.EMPTY;
    for (int i = 0; i < 10_000; i++) {
      var variable = variables.get(random.nextInt(variables.size()));
      if (random.nextBoolean()) {
        model.put(variable, i);
        context = context.with(variable, i);
      } else {
        model.remove(variable);
        context = context.without(variable);
      }
      assertEquals(model.size(), context.size());
      for (var each : variables) {
        assertEquals(model.get(each), context.get(each));
        assertEquals(model.containsKey(each), context.has(each));
      }
    }
    assertTrue(context.toString().startsWith("context {"));
  }

  @BothEngines
  void anEagerTaskBeginsWithACopyToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var _ = user.set("starter");
          var task =
              EventLoop.current()
                  .createEagerTask(() -> {
                    var before = user.get();
                    var _ = user.set("eager");
                    Tulip.yield();
                    return before + " " + user.get();
                  });
          assertEquals("starter", user.get());
          assertEquals("starter eager", task.await());
          assertEquals("starter", user.get());
        });
  }
}
