// SPDX-License-Identifier: Apache-2.0

/// Pages from templates, over Pebble.
@org.jspecify.annotations.NullMarked
@SuppressWarnings({
  "requires-automatic",
  "requires-transitive-automatic"
}) // Pebble has no descriptor
module tulip.http.templates {
  requires static transitive org.jspecify;
  requires transitive io.pebbletemplates;
  requires transitive tulip.http;

  exports tulip.http.templates;
}
