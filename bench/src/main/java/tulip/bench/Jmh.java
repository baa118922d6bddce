// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the benchmarks of a package with JMH. Of all iterations the median counts: on a machine
/// that others use too, a mean would show them.
///
/// A class is a case and a method a peer; a parameter's value is the end of the case's name.
public final class Jmh {
  /// The heap is large and the collector the one with the cheapest barriers, for all peers.
  public static final List<String> FLAGS =
      List.of(
          "-XX:+UseParallelGC", "-Xms2g", "-Xmx2g", "--add-opens=java.base/java.lang=ALL-UNNAMED");

  private static final int WARM_UP = 5;
  private static final int MEASURED = 4;

  private Jmh() {}

  /// Runs all benchmarks of a package.
  ///
  /// @param log where JMH's own output goes
  public static List<Figure> run(Package benchmarks, boolean quick, Path log)
      throws IOException, RunnerException {
    Files.createDirectories(log.getParent());
    System.err.println("# running JMH for some minutes; its output is in " + log);
    var iteration = TimeValue.milliseconds(millis(quick));
    var options =
        new OptionsBuilder()
            .include("^" + benchmarks.getName().replace(".", "\\."))
            .jvmArgs(FLAGS.toArray(String[]::new))
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(forks(quick))
            .warmupIterations(WARM_UP)
            .warmupTime(iteration)
            .measurementIterations(MEASURED)
            .measurementTime(iteration)
            .timeout(TimeValue.seconds(60))
            .addProfiler(CpuProfiler.class)
            .addProfiler(GCProfiler.class)
            .output(log.toString())
            .shouldFailOnError(true)
            .build();
    return figures(new Runner(options).run());
  }

  /// How it runs them, in words.
  public static String settings(boolean quick) {
    return "%d x (%d + %d) iterations of %d ms"
        .formatted(forks(quick), WARM_UP, MEASURED, millis(quick));
  }

  private static int forks(boolean quick) {
    return quick ? 1 : 2;
  }

  private static int millis(boolean quick) {
    return quick ? 100 : 400;
  }

  private static List<Figure> figures(Collection<RunResult> results) {
    var figures = new ArrayList<Figure>();
    for (var result : results) {
      var primary = result.getPrimaryResult();
      var figure =
          new Figure(
              primary.getLabel(),
              caseName(result.getParams()),
              median(primary),
              median(secondary(result, CpuProfiler.LABEL)));
      figures.add(
          figure
              .with("bytes", median(secondary(result, "gc.alloc.rate.norm")))
              .with("spread", spread(primary)));
    }
    return figures;
  }

  private static String caseName(BenchmarkParams params) {
    var method = params.getBenchmark();
    var type = method.substring(0, method.lastIndexOf('.'));
    type = type.substring(type.lastIndexOf('.') + 1);
    var name = new StringBuilder();
    name.append(Character.toLowerCase(type.charAt(0))).append(type.substring(1));
    params.getParamsKeys().forEach(key -> name.append(params.getParam(key)));
    return name.toString();
  }

  private static Result<?> secondary(RunResult run, String label) {
    Result<?> result = run.getSecondaryResults().get(label);
    if (result == null) {
      throw new IllegalStateException("the profiler said nothing of " + label);
    }
    return result;
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  /// The middle half of the iterations differs by so much, as a share of the median.
  private static double spread(Result<?> result) {
    var all = result.getStatistics();
    return (all.getPercentile(75) - all.getPercentile(25)) / median(result);
  }
}
