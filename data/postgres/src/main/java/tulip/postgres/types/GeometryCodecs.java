// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.ArrayList;
import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.postgres.types.Geometry.Box;
import tulip.postgres.types.Geometry.Circle;
import tulip.postgres.types.Geometry.Line;
import tulip.postgres.types.Geometry.Path;
import tulip.postgres.types.Geometry.Point;
import tulip.postgres.types.Geometry.Polygon;
import tulip.postgres.types.Geometry.Segment;

/// The geometric types: numbers of 64 bits, and how many there are.
final class GeometryCodecs {
  static final TypeCodec POINT =
      TypeCodec.of(
          GeometryCodecs::point, (value, out) -> putPoint(Values.as(Point.class, value), out));

  static final TypeCodec LINE =
      TypeCodec.of(
          in -> new Line(number(in), number(in), number(in)),
          (value, out) -> {
            var line = Values.as(Line.class, value);
            putNumber(line.a(), out);
            putNumber(line.b(), out);
            putNumber(line.c(), out);
          });

  static final TypeCodec LSEG =
      TypeCodec.of(
          in -> new Segment(point(in), point(in)),
          (value, out) -> {
            var segment = Values.as(Segment.class, value);
            putPoint(segment.from(), out);
            putPoint(segment.to(), out);
          });

  static final TypeCodec BOX =
      TypeCodec.of(
          in -> new Box(point(in), point(in)),
          (value, out) -> {
            var box = Values.as(Box.class, value);
            putPoint(box.high(), out);
            putPoint(box.low(), out);
          });

  static final TypeCodec PATH =
      TypeCodec.of(
          in -> new Path(in.takeByte() != 0, points(in)),
          (value, out) -> {
            var path = Values.as(Path.class, value);
            putPoints(path.points(), out.putByte(path.closed() ? 1 : 0));
          });

  static final TypeCodec POLYGON =
      TypeCodec.of(
          in -> new Polygon(points(in)),
          (value, out) -> putPoints(Values.as(Polygon.class, value).points(), out));

  static final TypeCodec CIRCLE =
      TypeCodec.of(
          in -> new Circle(point(in), number(in)),
          (value, out) -> {
            var circle = Values.as(Circle.class, value);
            putPoint(circle.centre(), out);
            putNumber(circle.radius(), out);
          });

  private GeometryCodecs() {}

  private static double number(BackendReader in) throws PostgresFormatException {
    return Double.longBitsToDouble(in.takeLong());
  }

  private static void putNumber(double number, ByteWriter out) {
    out.putLong(Double.doubleToRawLongBits(number));
  }

  private static Point point(BackendReader in) throws PostgresFormatException {
    return new Point(number(in), number(in));
  }

  private static void putPoint(Point point, ByteWriter out) {
    putNumber(point.x(), out);
    putNumber(point.y(), out);
  }

  private static List<Point> points(BackendReader in) throws PostgresFormatException {
    int count = in.checkCount(in.takeInt(), 16);
    var points = new ArrayList<Point>(count);
    for (int i = 0; i < count; i++) {
      points.add(point(in));
    }
    return points;
  }

  private static void putPoints(List<Point> points, ByteWriter out) {
    out.putInt(points.size());
    points.forEach(point -> putPoint(point, out));
  }
}
