// SPDX-License-Identifier: Apache-2.0
package tulip.bench.files;

/// What is measured, in the order of the report.
enum Case {
  LINES("lines", "read 1 MB by lines", 1_000_000, 1.3),
  WHOLE("whole", "read 1 MB whole", 1_000_000, 0),
  SMALL("small", "read 1 kB whole", 1_000, 0);

  final String id;
  final String title;
  final int size;

  /// How many times what blocking NIO takes is allowed; 0 where nothing was promised.
  final double target;

  Case(String id, String title, int size, double target) {
    this.id = id;
    this.title = title;
    this.size = size;
    this.target = target;
  }
}
