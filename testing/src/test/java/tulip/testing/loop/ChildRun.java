// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs cases of a contract class in a JVM of its own, and prints a line for each.
final class ChildRun implements TestExecutionListener {
  private ChildRun() {}

  /// The arguments: the class, and the names of the cases; all if there are none.
  public static void main(String[] arguments) {
    var cases = Set.of(arguments);
    PostDiscoveryFilter filter =
        test -> FilterResult.includedIf(arguments.length == 1 || cases.contains(name(test)));
    LauncherFactory.create()
        .execute(
            request().selectors(selectClass(arguments[0])).filters(filter).build(), new ChildRun());
    System.out.flush();
    Runtime.getRuntime().halt(0); // a mutant may have left anything behind
  }

  private static String name(TestDescriptor test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse("");
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      var why = result.getThrowable().map(Throwable::toString).orElse("");
      System.out.println(
          result.getStatus()
              + " "
              + test.getLegacyReportingName().replace("()", "")
              + " "
              + why.replace('\n', ' '));
    }
  }
}
