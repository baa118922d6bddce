// SPDX-License-Identifier: Apache-2.0

/// Files, folders and watches whose operations suspend the task and never block its loop.
///
/// Reading order: [tulip.files.AsyncFile] is an open file, [tulip.files.TextReader] and
/// [tulip.files.TextWriter] are its text, [tulip.files.AsyncFiles] is what one does with paths, and
/// [tulip.files.Watch] tells what others do with them.
@org.jspecify.annotations.NullMarked
module tulip.files {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;

  exports tulip.files;
}
