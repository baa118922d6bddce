// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tulip.bench.client.ClientSuite;
import tulip.bench.core.CoreSuite;
import tulip.bench.files.FilesSuite;
import tulip.bench.http.HttpSuite;
import tulip.bench.keyvalue.MemcachedSuite;
import tulip.bench.keyvalue.RedisSuite;
import tulip.bench.net.NetSuite;
import tulip.bench.sql.SqlSuite;
import tulip.bench.web.WebSuite;

/// Runs the benchmarks of some names, or all of them.
public final class Main {
  private static final List<Suite> SUITES =
      List.of(
          new CoreSuite(),
          new FilesSuite(),
          new NetSuite(),
          new HttpSuite(),
          new WebSuite(),
          new ClientSuite(),
          new RedisSuite(),
          new MemcachedSuite(),
          new SqlSuite());

  private Main() {}

  /// Usage: [--quick] [NAME...]
  public static void main(String[] args) throws Exception {
    var suites = new ArrayList<Suite>();
    boolean quick = false;
    for (var arg : args) {
      if (arg.equals("--quick")) {
        quick = true;
      } else {
        suites.add(named(arg));
      }
    }
    var run = Run.of(quick, args);
    for (var suite : suites.isEmpty() ? SUITES : suites) {
      var report = suite.run(run);
      System.out.println(report);
      run.publish(suite.name(), report);
    }
  }

  private static Suite named(String name) {
    for (var suite : SUITES) {
      if (suite.name().equals(name)) {
        return suite;
      }
    }
    System.err.println("there is no benchmark '" + name + "': they are " + names());
    System.exit(2);
    throw new AssertionError();
  }

  private static String names() {
    return SUITES.stream().map(Suite::name).collect(Collectors.joining(", "));
  }
}
