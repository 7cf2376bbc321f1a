package dev.collectionalias.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.step.Outcome;
import org.junit.jupiter.api.Test;

/** The message of a switch that can't be confirmed says how a user can change that. */
class CollectionPropertyWriterTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final AliasKey KEY = new AliasKey("milvus:19530", "default", "products");
    private static final SwitchMark MARK = new SwitchMark("v2", "2", "key", "value", null);

    private static Outcome set(Kind refusal, String words) {
        MilvusGateway gateway = (MilvusGateway) Proxy.newProxyInstance(MilvusGateway.class.getClassLoader(),
                new Class<?>[]{MilvusGateway.class}, (proxy, method, arguments) -> {
                    throw new MilvusException(refusal, words, null);
                });
        return new CollectionPropertyWriter(KEY, gateway,
                new CollectionAlterations(Clock.fixed(NOON, ZoneOffset.UTC))).set(MARK, NOON);
    }

    @Test
    void whereAQuotaForbidsItNoUpgradeIsAdvised() {
        assertThat(set(Kind.QUOTA_EXCEEDED, "alterCollection v2: quota exceeded"))
                .isEqualTo(new Outcome.Unconfirmed("alterCollection v2: quota exceeded; a quota of this Milvus, or its "
                        + "administrator, forbids it until somebody changes that"));
    }

    @Test
    void whereTheServerCanNotDoItAnUpgradeIsAdvised() {
        assertThat(set(Kind.SERVER_ERROR, "alterCollection v2: no")).isEqualTo(
                new Outcome.Unconfirmed("alterCollection v2: no; upgrade Milvus to 2.6.23 or newer"));
    }
}
