// SPDX-License-Identifier: Apache-2.0

/// Files for tasks: every operation runs on a thread of the loop's pool
/// ([tulip.core.Tulip#blocking]) and suspends the calling task meanwhile.
///
/// | | |
/// |---|---|
/// | [AsyncFile] | an open file: bytes at its position or anywhere, locks |
/// | [TextReader], [TextWriter] | text, a block of it a hop to the pool |
/// | [AsyncFiles] | what `java.nio.file.Files` does, and whole files with a limit |
/// | [Listing] | the entries of folders and trees, some hundreds a hop |
/// | [Replacement] | a new content that appears whole or not at all |
/// | [TemporaryFile], [TemporaryDirectory] | gone at the end of their block |
/// | [Watch] | what changes in a folder, as a channel |
///
/// What holds for all of them:
///
/// - **Errors are the JDK's**: `NoSuchFileException`, `AccessDeniedException`, and so on. What goes
///   past a limit is a [FileLimitException].
/// - **Cancellation waits for the system call.** A call to the file system cannot be stopped: the
///   task waits for the one under way, its result is dropped, and [tulip.core.Cancelled] is thrown.
///   Work that takes many calls (a copy, a tree, a big file) stops between two of them. After a
///   cancel a file's position is where it was before the operation; what a cancelled open has
///   opened is closed; what a cancelled copy or replacement has written is deleted. A cancelled
///   write may have written its bytes.
/// - **Closing is not cancelled.** It waits for the operations under way and then closes, in a
///   cancelled scope too.
/// - **One loop.** Objects are for the tasks of the loop that opened them.
package tulip.files;
