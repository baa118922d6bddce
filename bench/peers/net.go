// SPDX-License-Identifier: Apache-2.0

// Echo servers of Go's standard library. Prints its port.
//
//	net                  echoes
//	net CHAIN KEY SIZE   answers each TLS connection's request with SIZE bytes
package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"strconv"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	serve := echo
	if len(os.Args) > 1 {
		pair, err := tls.LoadX509KeyPair(os.Args[1], os.Args[2])
		if err != nil {
			panic(err)
		}
		size, _ := strconv.ParseInt(os.Args[3], 10, 64)
		config := &tls.Config{Certificates: []tls.Certificate{pair}}
		serve = func(c net.Conn) { download(tls.Server(c, config), size) }
	}
	for {
		c, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go serve(c)
	}
}

func echo(c net.Conn) {
	defer c.Close()
	buffer := make([]byte, 64*1024)
	for {
		n, err := c.Read(buffer)
		if err != nil {
			return
		}
		if _, err := c.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func download(c net.Conn, size int64) {
	defer c.Close()
	lines := bufio.NewScanner(c)
	for lines.Scan() && lines.Text() != "" {
	}
	fmt.Fprint(c, "HTTP/1.0 200 ok\r\nContent-type: text/plain\r\n\r\n")
	block := make([]byte, 64*1024)
	for sent := int64(0); sent < size; sent += int64(len(block)) {
		if _, err := c.Write(block); err != nil {
			return
		}
	}
}
