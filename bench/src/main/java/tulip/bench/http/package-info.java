// SPDX-License-Identifier: Apache-2.0

/// HTTP/1.1 in memory: heads in, responses out, beside Netty's codec.
package tulip.bench.http;
