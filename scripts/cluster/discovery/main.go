// Command discovery writes the cluster's pods to a file that Prometheus reads, with the labels that Prometheus' own
// Kubernetes discovery gives them: Debian builds its Prometheus without that one, but with discovery by file.
package main

import (
	"context"
	"flag"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// settle is how long changes are gathered before the file is written: a rollout changes many pods at once.
const settle = 200 * time.Millisecond

func main() {
	kubeconfig := flag.String("kubeconfig", "", "the kubeconfig of a user who may list and watch pods")
	output := flag.String("output", "", "the file that Prometheus reads")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *kubeconfig, *output); err != nil {
		slog.Error("discovery ended", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kubeconfig, output string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods()
	changes := make(chan struct{}, 1)
	if _, err := pods.Informer().AddEventHandler(notify(changes)); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	return write(ctx, pods.Lister(), changes, output)
}

// notify drops a change into a full channel: one that waits to be read tells as much as many.
func notify(changes chan<- struct{}) cache.ResourceEventHandler {
	signal := func() {
		select {
		case changes <- struct{}{}:
		default:
		}
	}
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { signal() },
		UpdateFunc: func(any, any) { signal() },
		DeleteFunc: func(any) { signal() },
	}
}

// write writes all pods at first and whenever some have changed.
func write(ctx context.Context, pods listers.PodLister, changes <-chan struct{}, output string) error {
	for {
		all, err := pods.List(labels.Everything())
		if err != nil {
			return err
		}
		if err := replace(output, targets(all)); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changes:
			time.Sleep(settle)
		}
	}
}
