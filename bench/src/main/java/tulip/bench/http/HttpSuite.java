// SPDX-License-Identifier: Apache-2.0
package tulip.bench.http;

import io.netty.util.Version;
import java.io.IOException;
import org.openjdk.jmh.runner.RunnerException;
import tulip.bench.Jmh;
import tulip.bench.Run;
import tulip.bench.Suite;

/// The protocol of HTTP in memory, beside Netty's.
public final class HttpSuite implements Suite {
  /// Nothing has been measured yet.
  public HttpSuite() {}

  @Override
  public String name() {
    return "http-codec";
  }

  @Override
  public String run(Run run) throws IOException, RunnerException {
    var log = run.root().resolve("bench/target/http-jmh.log");
    var figures = Jmh.run(HttpSuite.class.getPackage(), run.quick(), log);
    var netty = Version.identify().get("netty-codec-http");
    return new HttpReport(figures, netty == null ? "?" : netty.artifactVersion()).write(run);
  }
}
