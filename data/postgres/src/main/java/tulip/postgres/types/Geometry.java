// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.List;

/// The geometric types.
public sealed interface Geometry {
  /// `point`.
  record Point(double x, double y) implements Geometry {}

  /// `line`: all points with `ax + by + c = 0`.
  record Line(double a, double b, double c) implements Geometry {}

  /// `lseg`.
  record Segment(Point from, Point to) implements Geometry {}

  /// `box`, by two opposite corners, of which PostgreSQL makes the upper right and lower left one.
  record Box(Point high, Point low) implements Geometry {}

  /// `path`.
  ///
  /// @param closed whether the last point is joined to the first
  record Path(boolean closed, List<Point> points) implements Geometry {
    /// Copies the list.
    public Path {
      points = List.copyOf(points);
    }
  }

  /// `polygon`.
  record Polygon(List<Point> points) implements Geometry {
    /// Copies the list.
    public Polygon {
      points = List.copyOf(points);
    }
  }

  /// `circle`.
  record Circle(Point centre, double radius) implements Geometry {}
}
