// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;

/// The fresh JVM: runs one test method, and says on which engine.
final class FreshJvmMain {
  private FreshJvmMain() {}

  @SuppressWarnings("CatchAndPrintStackTrace") // the parent reads it
  public static void main(String[] arguments) throws Exception {
    var options = LoopOptions.DEFAULT.withEngine(Engine.valueOf(arguments[2]));
    int status = 1;
    try {
      var constructor = Class.forName(arguments[0]).getDeclaredConstructor();
      constructor.setAccessible(true);
      var test = constructor.newInstance();
      var method = test.getClass().getDeclaredMethod(arguments[1], LoopOptions.class);
      method.setAccessible(true);
      method.invoke(test, options);
      try (var loop = EventLoop.create(options)) {
        System.out.println("passed on " + loop.engine());
      }
      status = 0;
    } catch (Throwable t) {
      t.printStackTrace();
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status); // whatever the test has left behind
  }
}
