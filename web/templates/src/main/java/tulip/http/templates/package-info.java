// SPDX-License-Identifier: Apache-2.0

/// Pages from templates, over [Pebble](https://pebbletemplates.io):
/// [tulip.http.templates.Templates].
package tulip.http.templates;
