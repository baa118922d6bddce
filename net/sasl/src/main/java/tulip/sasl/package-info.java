// SPDX-License-Identifier: Apache-2.0

/// How clients prove who they are (SASL, RFC 4422), without I/O, for the protocols that use it.
package tulip.sasl;
