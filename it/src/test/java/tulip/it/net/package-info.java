// SPDX-License-Identifier: Apache-2.0

/// `tulip.net` with programs that nobody here wrote at the other end: OpenSSL, socat, ncat, Python.
@NullMarked
package tulip.it.net;

import org.jspecify.annotations.NullMarked;
