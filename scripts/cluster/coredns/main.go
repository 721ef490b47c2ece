// Command coredns is CoreDNS with the few plugins that a cluster's DNS needs. Choosing the plugins in a main of one's
// own is CoreDNS' documented way to keep the SDKs of cloud providers out of the build.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
)

// directives is the order in which a request passes the plugins, as in CoreDNS' own plugin.cfg.
var directives = []string{"bind", "ready", "health", "errors", "cache", "kubernetes", "forward"}

func main() {
	dnsserver.Directives = directives
	coremain.Run()
}
