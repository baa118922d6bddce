// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

/// How many ask for rows, and how.
enum Load {
  /// As many connections as tasks.
  TEN("ten", "10 tasks, 10 connections", 10, 10),
  /// Pipelined, if the client can do that.
  ONE("one", "100 tasks, 1 connection", 100, 1),
  /// Pipelined too.
  FEW("few", "100 tasks, 4 connections", 100, 4);

  final String mode;
  final String title;
  final int tasks;
  final int connections;

  Load(String mode, String title, int tasks, int connections) {
    this.mode = mode;
    this.title = title;
    this.tasks = tasks;
    this.connections = connections;
  }
}
