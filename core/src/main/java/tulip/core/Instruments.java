// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tulip.core.engine.Fiber;
import tulip.core.engine.Steps;
import tulip.core.spi.Instrument;

/// All instruments of one loop, as one. There is none of these while there is no instrument.
final class Instruments implements Instrument, Steps {
  private final EventLoop loop;
  private final List<Instrument> all = new CopyOnWriteArrayList<>();

  Instruments(EventLoop loop) {
    this.loop = loop;
  }

  void add(Instrument instrument) {
    all.add(instrument);
  }

  boolean remove(Instrument instrument) {
    return all.remove(instrument);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Tells all; who throws is out.
  private void tell(Consumer<Instrument> event) {
    for (var instrument : all) {
      try {
        event.accept(instrument);
      } catch (Throwable t) {
        loop.removeInstrument(instrument);
        reportSoon(instrument, t);
      }
    }
  }

  /// As a callback: the handler may take locks, which the bare thread must not.
  private void reportSoon(Instrument instrument, Throwable problem) {
    loop.tryCallSoonThreadSafe(() ->
        loop.errors.report(
            "instrument " + instrument + " failed and was taken out", problem, instrument));
  }

  @Override
  public void begins(Fiber fiber) {
    if (fiber.body() instanceof Task<?> task) {
      beforeTaskStep(task);
    }
  }

  @Override
  public void ended(Fiber fiber) {
    if (fiber.body() instanceof Task<?> task) {
      afterTaskStep(task);
    }
  }

  @Override
  public void beforeRun() {
    tell(Instrument::beforeRun);
  }

  @Override
  public void afterRun() {
    tell(Instrument::afterRun);
  }

  @Override
  public void taskSpawned(Task<?> task) {
    tell(instrument -> instrument.taskSpawned(task));
  }

  @Override
  public void taskScheduled(Task<?> task) {
    tell(instrument -> instrument.taskScheduled(task));
  }

  @Override
  public void beforeTaskStep(Task<?> task) {
    tell(instrument -> instrument.beforeTaskStep(task));
  }

  @Override
  public void afterTaskStep(Task<?> task) {
    tell(instrument -> instrument.afterTaskStep(task));
  }

  @Override
  public void taskExited(Task<?> task) {
    tell(instrument -> instrument.taskExited(task));
  }

  @Override
  public void beforeIoWait(long nanos) {
    tell(instrument -> instrument.beforeIoWait(nanos));
  }

  @Override
  public void afterIoWait(long nanos) {
    tell(instrument -> instrument.afterIoWait(nanos));
  }
}
