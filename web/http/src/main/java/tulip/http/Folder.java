// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import tulip.core.Tulip;
import tulip.http.protocol.Status;

/// Answers with the files of a folder and of those in it, and with nothing outside of it: neither
/// by `..` nor by a link.
///
/// @param root need not exist yet
record Folder(Path root) implements Handler {
  @Override
  public Response handle(Request request) throws IOException {
    return Response.file(request, find(request.pathValue("file")));
  }

  private Path find(String name) throws IOException {
    for (var part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0) {
        throw new HttpError(Status.NOT_FOUND);
      }
    }
    try {
      return Tulip.blocking(() -> inside(root.toRealPath(), name));
    } catch (FileSystemException | InvalidPathException _) {
      throw new HttpError(Status.NOT_FOUND);
    }
  }

  private static Path inside(Path root, String name) throws IOException {
    var file = root.resolve(name).toRealPath();
    if (!file.startsWith(root)) {
      throw new HttpError(Status.NOT_FOUND);
    }
    return file;
  }
}
