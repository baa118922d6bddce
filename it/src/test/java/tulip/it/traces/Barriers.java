// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import tulip.core.sync.Barrier;

/// Barriers: when all go, and who is told when one is aborted or reset.
final class Barriers extends Scenarios {
  @Scenario
  void aBarrierLetsAllGoWhenTheLastHasCome() {
    var barrier = new Barrier(3);
    join(
        each(
            List.of("a", "b", "c"),
            name -> {
              trace(name + " comes");
              barrier.await();
              trace(name + " goes");
            }));
  }

  @Scenario
  void aBarrierIsUsedAgainAndAgain() {
    var barrier = new Barrier(2);
    join(
        each(
            List.of("a", "b"),
            name -> {
              for (int i = 0; i < 3; i++) {
                barrier.await();
              }
              trace(name + " has passed three times");
            }));
    trace("waiting: " + barrier.waiting());
  }

  @Scenario
  void whoComesInWhichPlace() {
    var barrier = new Barrier(3);
    var places = new ArrayList<Integer>();
    join(each(List.of("a", "b", "c"), _ -> places.add(barrier.await())));
    trace(places.stream().sorted().toList());
  }

  @Scenario
  void aCancelledPartyJustLeaves() {
    var barrier = new Barrier(2);
    Work<String> party =
        name -> {
          barrier.await();
          trace(name + " goes");
        };
    var first = start(() -> party.with("first"));
    tick();
    first.cancel();
    join(first);
    trace("waiting: " + barrier.waiting());
    join(each(List.of("second", "third"), party));
  }

  @Scenario
  void anAbortedBarrierTellsAll() {
    var barrier = new Barrier(3);
    Work<String> party =
        name -> {
          try {
            barrier.await();
          } catch (BrokenBarrierException e) {
            trace(name + " is told");
          }
        };
    var tasks = each(List.of("a", "b"), party);
    tick();
    barrier.abort();
    join(tasks);
    join(each(List.of("c"), party));
    barrier.reset();
    trace("broken: " + barrier.isBroken());
    join(each(List.of("d", "e", "f"), party));
    trace("d, e and f have passed");
  }

  @Scenario
  void aBarrierThatIsResetTellsWhoWaits() {
    var barrier = new Barrier(2);
    Work<String> party =
        name -> {
          try {
            barrier.await();
            trace(name + " goes");
          } catch (BrokenBarrierException e) {
            trace(name + " is told");
          }
        };
    var first = start(() -> party.with("first"));
    tick();
    barrier.reset();
    join(first);
    join(each(List.of("second", "third"), party));
  }
}
