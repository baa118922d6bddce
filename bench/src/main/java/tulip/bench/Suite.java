// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

/// The benchmarks of one subject, side by side with its peers.
public interface Suite {
  /// What `./tulip bench` knows it by.
  String name();

  /// Runs everything.
  ///
  /// @return the report, in Markdown
  String run(Run run) throws Exception;
}
