// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.ArrayList;
import java.util.List;

/// Where [GeoCommands#geosearch] looks: around a member or a place, in a circle or a rectangle.
/// Distances are in metres.
public final class GeoSearch implements CommandOption {
  private final List<Object> words;

  private GeoSearch(List<Object> words) {
    this.words = words;
  }

  /// In a circle around a member.
  public static GeoSearch around(String member, double radius) {
    return new GeoSearch(List.of("FROMMEMBER", member, "BYRADIUS", radius, "m"));
  }

  /// In a circle around a place.
  public static GeoSearch around(GeoPoint place, double radius) {
    return new GeoSearch(
        List.of("FROMLONLAT", place.longitude(), place.latitude(), "BYRADIUS", radius, "m"));
  }

  /// In a rectangle in whose middle a member is.
  public static GeoSearch box(String member, double width, double height) {
    return new GeoSearch(List.of("FROMMEMBER", member, "BYBOX", width, height, "m"));
  }

  /// In a rectangle around a place.
  public static GeoSearch box(GeoPoint place, double width, double height) {
    return new GeoSearch(
        List.of("FROMLONLAT", place.longitude(), place.latitude(), "BYBOX", width, height, "m"));
  }

  /// The same, the nearest first.
  public GeoSearch nearestFirst() {
    return with("ASC");
  }

  /// The same, the farthest first.
  public GeoSearch farthestFirst() {
    return with("DESC");
  }

  /// The same, with so many results at most.
  public GeoSearch count(long most) {
    return with("COUNT", most);
  }

  private GeoSearch with(Object... more) {
    var all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new GeoSearch(List.copyOf(all));
  }

  @Override
  public List<Object> words() {
    return words;
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
