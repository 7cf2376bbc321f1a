package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Milvus privileges that the README asks for are enough. */
@ExtendWith(ControlPlaneExtension.class)
class LeastPrivilegeIT {

    private static final List<String> PRIVILEGES = List.of("CreateAlias", "DropAlias", "DescribeAlias", "ListAliases",
            "DescribeCollection", "GetLoadState", "GetLoadingProgress", "Query", "IndexDetail");

    private static final String PASSWORD = SecretLedger.password("the password of app");

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private AliasObjects objects;

    @BeforeEach
    void aUserWithNoMore() {
        objects = operator.objects();
        operator.milvus().accounts().enableAuthorization();
        operator.milvus().accounts().setPassword("app", PASSWORD);
        operator.milvus().accounts().setPrivileges("app", PRIVILEGES.toArray(String[]::new));
        objects.secret("milvus", "token", "app:" + PASSWORD);
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
    }

    @Test
    void theWholeLifeOfAnAlias() {
        objects.alias("products", "products_v1");
        objects.awaitReason("products", Reason.CollectionNotFound);
        operator.collections("products_v1", "products_v2");
        objects.awaitReady("products", "products_v1");
        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
        operator.milvus().state().setAlias("default", "products", "products_v1");
        AliasObjects.await("drift is corrected",
                () -> assertThat(operator.milvus().state().target("default", "products")).contains("products_v2"));

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(operator.milvus().state().target("default", "products")).isEmpty();
    }

    @Test
    void theReadmeAsksForThese() throws IOException {
        String readme = Files.readString(Path.of("README.md")).replaceAll("\\s+", " ");
        Matcher sentence = Pattern.compile("The Milvus user needs the privileges (.*?); `ListDatabases`")
                .matcher(readme);

        assertThat(sentence.find()).isTrue();
        assertThat(Pattern.compile("`(\\w+)`").matcher(sentence.group(1)).results().map(match -> match.group(1)))
                .containsExactlyElementsOf(PRIVILEGES);
    }
}
