// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Answers with the files of a folder and of those in it, as [Response#file(Request, Path)] does,
/// and with nothing outside of it: neither by `..` nor by a link. Nothing is answered whose name
/// begins with a dot. What is asked for with its version ([WebApp#fileUrl]) may be kept for ever.
///
/// For routes that end in `/{file:path}`: see [WebApp#files(String, Folder)].
///
/// @param root need not exist yet
/// @param index the file that answers for its folder, such as `index.html`; null for none
/// @param listing whether folders without such a file are answered with what is in them
public record Folder(Path root, @Nullable String index, boolean listing) implements Handler {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private record Found(Path path, boolean isFolder) {}

  /// Single files alone: folders are not found.
  public static Folder of(Path root) {
    return new Folder(root, null, false);
  }

  /// The same with a file that answers for its folder.
  ///
  /// @param index such as `index.html`
  public Folder withIndex(String index) {
    return new Folder(root, index, listing);
  }

  /// The same with lists of what is in folders, or without. A list has all names that do not begin
  /// with a dot.
  public Folder withListing(boolean listing) {
    return new Folder(root, index, listing);
  }

  @Override
  public Response handle(Request request) throws IOException {
    var name = request.pathValue("file");
    boolean asFolder = name.isEmpty() || name.endsWith("/");
    var found = find(name);
    if (!found.isFolder && !asFolder) {
      return file(request, found.path);
    }
    if (!found.isFolder || (index == null && !listing)) {
      throw new HttpError(Status.NOT_FOUND);
    }
    return asFolder ? folder(request, name, found.path) : withSlash(request);
  }

  private static Response file(Request request, Path file) throws IOException {
    var response = Response.file(request, file);
    var version = request.query("v");
    boolean isCurrent =
        version != null
            && version.length() == FileVersions.LENGTH
            && version.equals(Tulip.blocking(() -> FileVersions.of(file)));
    return isCurrent ? response.header(HeaderName.CACHE_CONTROL, FOR_EVER) : response;
  }

  /// What stands for the content of a file now.
  ///
  /// @throws NoSuchFileException if there is none
  String version(String name) throws IOException {
    try {
      var found = find(name);
      if (!found.isFolder) {
        return Tulip.blocking(() -> FileVersions.of(found.path));
      }
    } catch (HttpError _) {
      // as if it were a folder
    }
    throw new NoSuchFileException(root.resolve(name).toString());
  }

  /// Links in a page or list count from the last slash.
  private static Response withSlash(Request request) {
    var query = request.rawQuery();
    return Response.redirect(
        Status.PERMANENT_REDIRECT, request.rawPath() + "/" + (query == null ? "" : "?" + query));
  }

  private Response folder(Request request, String name, Path folder) throws IOException {
    if (index != null) {
      try {
        return Response.file(request, find(name + index).path);
      } catch (HttpError e) {
        if (!listing || !e.status().equals(Status.NOT_FOUND)) {
          throw e;
        }
      }
    }
    return FolderList.page(request.path(), Tulip.blocking(() -> FolderList.read(folder)));
  }

  private Found find(String name) throws IOException {
    var bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!name.isEmpty()) {
      checkParts(bare);
    }
    try {
      return Tulip.blocking(() -> inside(root.toRealPath(), bare));
    } catch (FileSystemException | InvalidPathException _) {
      throw new HttpError(Status.NOT_FOUND);
    }
  }

  private static void checkParts(String name) {
    for (var part : name.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.indexOf('\\') >= 0) {
        throw new HttpError(Status.NOT_FOUND);
      }
    }
  }

  private static Found inside(Path root, String name) throws IOException {
    var file = root.resolve(name).toRealPath();
    if (!file.startsWith(root)) {
      throw new HttpError(Status.NOT_FOUND);
    }
    return new Found(file, Files.isDirectory(file));
  }
}
